namespace BatchScoring.Parquet;

/// <summary>
/// Reads a column chunk, checks and decompresses all of its pages, and leaves their values where <see cref="ColumnPages"/> can take them.
/// What costs little memory stays as it is (floats, indices into small dictionaries); everything else becomes floats here, while it is in
/// the processor's cache.
/// </summary>
internal sealed unsafe class ChunkLoader(IByteSource source, ReadMemory memory, IPageValues values) : IDisposable
{
    private readonly PageDecompressor _decompressor = new();
    private LevelBits _levels;
    private long _missing;

    /// <summary>Loads a chunk.</summary>
    /// <exception cref="UnsupportedException">It is not read here.</exception>
    /// <exception cref="DamagedPageException">A page is damaged.</exception>
    public void Load(in ColumnChunk chunk, ColumnPages pages, bool isKey)
    {
        bool inPlace = chunk.Codec == Codecs.None;
        byte* bytes = inPlace ? memory.Pages.Take(chunk.Length) : memory.Chunk.Ensure(chunk.Length);
        source.Read(chunk.Offset, new Span<byte>(bytes, (int)chunk.Length));
        pages.Clear();
        values.Open(pages, isKey);
        _missing = 0;
        byte* bits = null;
        if (pages.Column.IsOptional) _levels.Open(bits = memory.Pages.Take((chunk.Rows / 8) + 16));
        long rows = 0;
        var walk = new PageWalk(bytes, chunk);
        while (walk.Next(rows))
        {
            var page = new PageBytes(walk.Header, walk.Body, chunk.Group, pages.Column.Name, chunk.Offset + walk.BodyOffset);
            page.CheckSum();
            if (walk.Header.Kind == PageHeader.DictionaryPage) LoadDictionary(page, walk, chunk);
            else
            {
                LoadData(page, walk, chunk, pages.Column);
                rows += walk.Header.Values;
            }
        }

        if (bits != null) _levels.Close();
        if (_missing > 0) pages.Bits = bits;
    }

    public void Dispose() => _decompressor.Dispose();

    private void LoadDictionary(in PageBytes bytes, in PageWalk walk, in ColumnChunk chunk)
    {
        if (walk.Header.Encoding is not (Encodings.Plain or Encodings.PlainDictionary))
            ThrowUnsupported.Encoding(walk.Header.Encoding, ParquetType.None);
        byte* page = Decompress(bytes, walk, chunk, 0, memory.Page.Ensure(walk.Header.DecodedLength));
        values.LoadDictionary(page, walk.Header.DecodedLength, walk.Header.Values);
    }

    private void LoadData(in PageBytes bytes, in PageWalk walk, in ColumnChunk chunk, ParquetColumn column)
    {
        PageHeader header = walk.Header;
        values.RequireReadable(header.Encoding);
        bool isV2 = header.Kind == PageHeader.DataPageV2;
        int levelBytes = isV2 ? header.LevelBytes : 0;
        if (isV2) CheckV2(header, column);
        int decoded = header.DecodedLength - levelBytes;
        // Where the page may stay as it comes, it is decompressed to its place.
        byte* target = values.Stays(header.Encoding) ? memory.Pages.Take(decoded) : memory.Page.Ensure(decoded);
        byte* page = Decompress(bytes, walk, chunk, levelBytes, target);
        long left = (long)decoded;
        int present = header.Values;
        if (column.IsOptional)
        {
            byte* levels = walk.Body;
            if (!isV2) levels = TakeLevels(ref page, ref left, header, out levelBytes);
            present = _levels.Append(levels, levelBytes, header.Values);
            if (isV2 && present != header.Values - header.Nulls) ThrowUnsupported.Page("its header miscounts missing values");
            _missing += header.Values - present;
        }

        values.Load(page, left, header.Encoding, present);
    }

    private static void CheckV2(in PageHeader header, ParquetColumn column)
    {
        if (header.RepetitionBytes != 0 || header.LevelBytes < 0 || header.LevelBytes > Math.Min(header.Length, header.DecodedLength)
            || (!column.IsOptional && header.LevelBytes != 0)) ThrowUnsupported.Levels("a page has levels that a flat column has not");
        if (header.Rows != header.Values) ThrowUnsupported.Page($"it has {header.Values} values in {header.Rows} rows");
    }

    /// <summary>In pages of version 1 the levels stand before the values, behind their length.</summary>
    private static byte* TakeLevels(ref byte* page, ref long left, in PageHeader header, out int bytes)
    {
        if (header.LevelEncoding != Encodings.Rle)
            ThrowUnsupported.Levels($"levels are of encoding {header.LevelEncoding}, read is 3 (RLE)");
        if (left < sizeof(int)) ThrowUnsupported.Levels("a page ends within its levels");
        bytes = *(int*)page;
        if (bytes < 0 || bytes > left - sizeof(int)) ThrowUnsupported.Levels("a page ends within its levels");
        byte* levels = page + sizeof(int);
        page = levels + bytes;
        left -= bytes + sizeof(int);
        return levels;
    }

    private byte* Decompress(in PageBytes bytes, in PageWalk walk, in ColumnChunk chunk, int levelBytes, byte* target)
    {
        if (walk.Header.IsCompressed && chunk.Codec != Codecs.None)
        {
            bytes.Decompress(_decompressor, chunk.Codec, levelBytes, target);
            return target;
        }

        byte* from = walk.Body + levelBytes;
        int decoded = walk.Header.DecodedLength - levelBytes;
        if (walk.Header.Length != walk.Header.DecodedLength)
            ThrowUnsupported.Page($"it is not compressed, and has {walk.Header.Length} bytes instead of {walk.Header.DecodedLength}");
        if (chunk.Codec == Codecs.None) return from; // The chunk itself lies in the arena.
        Buffer.MemoryCopy(from, target, decoded, decoded);
        return target;
    }
}
