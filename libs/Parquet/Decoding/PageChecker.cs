namespace BatchScoring.Parquet;

/// <summary>
/// Checks the pages of columns that somebody else decodes: their check sums and, where gzip or brotli compresses them, that they decompress
/// to what their headers promise. DuckDB looks at neither, and hands out what a damaged page happens to hold.
/// </summary>
/// <remarks>Columns of any type, nested ones too. What cannot be followed is left to whoever decodes it. One thread at a time.</remarks>
/// <param name="file">The file.</param>
/// <param name="memory">Where to work; not owned, and for nobody else during a call. Pages beyond its cap are not checked.</param>
public sealed unsafe class PageChecker(ParquetFile file, ReadMemory memory) : IDisposable
{
    private const int HeaderBytes = 4 << 10; // nearly always enough
    private const int MostHeaderBytes = 4 << 20;

    private readonly PageDecompressor _decompressor = new();
    private readonly List<ChunkPlace> _places = [];

    /// <summary>Reads and checks the columns' pages of a row group.</summary>
    /// <param name="group">Its place in <see cref="ParquetFile.RowGroups"/>.</param>
    /// <param name="columns">Columns of the file.</param>
    /// <exception cref="DamagedPageException">A page is damaged.</exception>
    /// <exception cref="IOException">The bytes cannot be read.</exception>
    public void Check(int group, IReadOnlyCollection<ParquetColumn> columns)
    {
        _places.Clear();
        try
        {
            file.FindChunks(group, columns.Contains, _places);
            foreach (ChunkPlace place in _places.Where(place => place.IsInFile)) Check(place);
        }
        catch (UnsupportedException)
        {
            // Nothing that we know is wrong with it.
        }
    }

    /// <summary>Gives back what decompression needs.</summary>
    public void Dispose() => _decompressor.Dispose();

    private void Check(in ChunkPlace place)
    {
        long at = place.Offset;
        bool decompresses = place.Codec is Codecs.Gzip or Codecs.Brotli;
        for (long values = 0; values < place.Values;)
        {
            PageHeader header = ReadHeader(at, place.Offset + place.Length);
            at += header.HeaderLength;
            if (header.Length > file.BodyEnd - at) ThrowUnsupported.Page("it is longer than the file");
            if (header.HasCrc || decompresses)
            {
                byte* body = memory.Chunk.Ensure(header.Length);
                file.Source.Read(at, new Span<byte>(body, header.Length));
                var page = new PageBytes(header, body, place.Group, place.Column.Name, at);
                page.CheckSum();
                if (decompresses && header.IsCompressed) Decompress(page, header, place.Codec);
            }

            at += header.Length;
            if (header.Kind != PageHeader.DictionaryPage) values += header.Values;
        }
    }

    private void Decompress(in PageBytes page, in PageHeader header, int codec)
    {
        int levels = header.Kind == PageHeader.DataPageV2 ? header.LevelBytes + header.RepetitionBytes : 0;
        if (levels < 0 || levels > Math.Min(header.Length, header.DecodedLength))
            ThrowUnsupported.Levels("a page has fewer bytes than its levels");
        page.Decompress(_decompressor, codec, levels, memory.Page.Ensure(header.DecodedLength - levels));
    }

    /// <param name="at">Where it begins.</param>
    /// <param name="end">Where its column chunk ends, which some writers place too early.</param>
    private PageHeader ReadHeader(long at, long end)
    {
        long most = Math.Min((at < end ? end : file.BodyEnd) - at, MostHeaderBytes);
        for (long size = Math.Min(HeaderBytes, most); ; size = Math.Min(size * 8, most))
        {
            byte* bytes = memory.Chunk.Ensure(size);
            file.Source.Read(at, new Span<byte>(bytes, (int)size));
            try
            {
                return PageHeaderReader.Read(bytes, size);
            }
            catch (UnsupportedException) when (size < most)
            {
                // Statistics of long texts make long headers.
            }
        }
    }
}
