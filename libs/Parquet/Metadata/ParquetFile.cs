using System.Buffers.Binary;

namespace BatchScoring.Parquet;

/// <summary>A Parquet file as its footer describes it (parquet.apache.org, "File Format").</summary>
/// <remarks>Immutable; its source is read by one thread at a time and not owned.</remarks>
public sealed class ParquetFile
{
    private const int TailBytes = 8;
    private const int GuessedFooter = 128 << 10;

    /// <summary>Footers beyond this are not read: they are larger than the rows that they tell of.</summary>
    private const int MostFooterBytes = 64 << 20;

    private readonly byte[] _footer;
    private readonly Footer _content;

    private ParquetFile(IByteSource source, byte[] footer, long bodyEnd)
    {
        (Source, _footer, BodyEnd) = (source, footer, bodyEnd);
        _content = FooterReader.Read(footer);
    }

    /// <summary>The columns below the root, in the file's order.</summary>
    public IReadOnlyList<ParquetColumn> Columns => _content.Columns;

    /// <summary>The footer's bytes that tell of the columns, annotations included: files where they are equal have the same columns of the
    /// same types, whoever interprets them.</summary>
    public ReadOnlyMemory<byte> Schema => _content.Schema;

    /// <summary>The row groups, in the file's order.</summary>
    public IReadOnlyList<ParquetRowGroup> RowGroups => _content.Groups;

    /// <summary>Rows of all row groups.</summary>
    public long Rows => _content.Rows;

    /// <summary>The program that wrote the file, as it calls itself; empty where it does not.</summary>
    public string CreatedBy => _content.CreatedBy;

    internal IByteSource Source { get; }

    /// <summary>Where the footer begins.</summary>
    internal long BodyEnd { get; }

    /// <summary>Reads the footer.</summary>
    /// <param name="source">The file; must stay readable as long as this object is used.</param>
    /// <param name="reason">Why not, where the answer is null.</param>
    /// <returns>The file, or null if it cannot be followed.</returns>
    /// <exception cref="IOException">The bytes cannot be read.</exception>
    public static ParquetFile? TryOpen(IByteSource source, out Unsupported? reason)
    {
        try
        {
            reason = null;
            return Open(source);
        }
        catch (UnsupportedException e)
        {
            reason = e.Reason;
        }
        catch (EndOfStreamException e)
        {
            reason = new Unsupported(UnsupportedCodes.Footer, null, e.Message);
        }

        return null;
    }

    /// <summary>Where all row groups keep all of their columns, whoever decodes them; row groups without rows have none.</summary>
    /// <returns>In the file's order; null where the footer does not say it of every one, and only the whole file will do.</returns>
    public IReadOnlyList<ChunkPlace>? FindChunks()
    {
        List<ChunkPlace> places = [];
        try
        {
            for (int group = 0; group < RowGroups.Count; group++) FindChunks(group, _ => true, places);
            return places;
        }
        catch (UnsupportedException)
        {
            return null;
        }
    }

    /// <summary>Where a row group keeps columns.</summary>
    /// <exception cref="UnsupportedException">The footer does not say it.</exception>
    internal unsafe void FindChunks(int group, Func<ParquetColumn, bool> wanted, List<ChunkPlace> places)
    {
        if (RowGroups[group].Rows == 0) return;
        fixed (byte* start = _footer)
        {
            RowGroupWalk walk = Walk(start, group);
            int top = -1;
            while (walk.Next())
            {
                // Of a nested column the later leaves follow the first; one without leaves is passed over.
                while (top + 1 < Columns.Count && Columns[top + 1].FirstLeaf <= walk.Leaf) top++;
                if (wanted(Columns[top])) places.Add(ColumnChunkReader.ReadPlace(ref walk.Reader, Columns[top], group, BodyEnd));
                else walk.Reader.Skip(ThriftType.Struct);
            }
        }
    }

    /// <summary>Where a row group keeps columns that are to be decoded here, and how.</summary>
    /// <param name="group">The row group's place in <see cref="RowGroups"/>.</param>
    /// <param name="columns">Flat columns of this file.</param>
    /// <param name="places">By leaf: 0 is not wanted, i + 1 is the i-th of <paramref name="columns"/>.</param>
    /// <param name="chunks">Takes the answers, in the order of <paramref name="columns"/>.</param>
    /// <returns>Null, or why the row group is not read here; then <paramref name="chunks"/> is filled up to the column at fault.</returns>
    internal unsafe Unsupported? Locate(int group, ReadOnlySpan<ParquetColumn> columns, ReadOnlySpan<int> places, Span<ColumnChunk> chunks)
    {
        long rows = _content.Groups[group].Rows;
        string? column = null;
        try
        {
            fixed (byte* start = _footer)
            {
                RowGroupWalk walk = Walk(start, group);
                while (walk.Next())
                {
                    int place = places[walk.Leaf] - 1;
                    column = place < 0 ? null : columns[place].Name;
                    if (place < 0) walk.Reader.Skip(ThriftType.Struct);
                    else chunks[place] = ColumnChunkReader.Read(ref walk.Reader, columns[place], group, rows, BodyEnd);
                }
            }

            return null;
        }
        catch (UnsupportedException e)
        {
            return e.About(column);
        }
    }

    /// <summary>The same for a few columns.</summary>
    internal Unsupported? Locate(int group, ReadOnlySpan<ParquetColumn> columns, Span<ColumnChunk> chunks)
    {
        int[] places = NewPlaces();
        for (int i = 0; i < columns.Length; i++) places[columns[i].FirstLeaf] = i + 1;
        return Locate(group, columns, places, chunks);
    }

    internal int[] NewPlaces() => new int[_content.Leaves];

    private unsafe RowGroupWalk Walk(byte* footer, int group)
    {
        int offset = RowGroups[group].FooterOffset;
        return new RowGroupWalk(footer + offset, _footer.Length - offset, group, _content.Leaves);
    }

    private static ParquetFile Open(IByteSource source)
    {
        if (source.Length < TailBytes + 4) ThrowUnsupported.Footer($"it has only {source.Length} bytes");
        byte[] tail = new byte[Math.Min(source.Length, GuessedFooter)];
        source.Read(source.Length - tail.Length, tail);
        Span<byte> magic = tail.AsSpan()[^4..];
        if (magic.SequenceEqual("PARE"u8)) ThrowUnsupported.Encrypted("its footer is encrypted");
        if (!magic.SequenceEqual("PAR1"u8)) ThrowUnsupported.Footer("it does not end as a Parquet file does");
        long length = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan()[^TailBytes..]);
        if (length > MostFooterBytes || length > source.Length - TailBytes - 4) ThrowUnsupported.Footer($"it claims {length} bytes");
        long bodyEnd = source.Length - TailBytes - length;
        byte[] footer = new byte[length];
        if (length + TailBytes <= tail.Length) tail.AsSpan((int)(tail.Length - TailBytes - length), (int)length).CopyTo(footer);
        else source.Read(bodyEnd, footer);
        return new ParquetFile(source, footer, bodyEnd);
    }
}
