using System.Buffers.Binary;

namespace BatchScoring.Parquet;

/// <summary>A Parquet file as its footer describes it (parquet.apache.org, "File Format").</summary>
/// <remarks>Immutable; its source is read by one thread at a time and not owned.</remarks>
public sealed class ParquetFile
{
    private const int TailBytes = 8;
    private const int GuessedFooter = 128 << 10;

    /// <summary>Footers beyond this are declined: they are larger than the rows that they tell of.</summary>
    private const int MostFooterBytes = 64 << 20;

    private readonly byte[] _footer;
    private readonly Footer _content;
    private readonly long _bodyEnd;

    private ParquetFile(IByteSource source, byte[] footer, long bodyEnd)
    {
        (Source, _footer, _bodyEnd) = (source, footer, bodyEnd);
        _content = FooterReader.Read(footer);
    }

    /// <summary>The columns below the root, in the file's order.</summary>
    public IReadOnlyList<ParquetColumn> Columns => _content.Columns;

    /// <summary>The footer's bytes that tell of the columns, annotations included: files where they are equal have the same columns of the same
    /// types, whoever interprets them.</summary>
    public ReadOnlyMemory<byte> Schema => _content.Schema;

    /// <summary>The row groups, in the file's order.</summary>
    public IReadOnlyList<ParquetRowGroup> RowGroups => _content.Groups;

    /// <summary>Rows of all row groups.</summary>
    public long Rows => _content.Rows;

    /// <summary>The program that wrote the file, as it calls itself; empty where it does not.</summary>
    public string CreatedBy => _content.CreatedBy;

    internal IByteSource Source { get; }

    /// <summary>Reads the footer.</summary>
    /// <param name="source">The file; must stay readable as long as this object is used.</param>
    /// <param name="decline">Why not, where the answer is null.</param>
    /// <returns>The file, or null if it cannot be followed.</returns>
    /// <exception cref="IOException">The bytes cannot be read.</exception>
    public static ParquetFile? TryOpen(IByteSource source, out Decline? decline)
    {
        try
        {
            decline = null;
            return Open(source);
        }
        catch (DeclineException e)
        {
            decline = e.Decline;
        }
        catch (EndOfStreamException e)
        {
            decline = new Decline(DeclineCodes.Footer, null, e.Message);
        }

        return null;
    }

    /// <summary>Where a row group keeps the given columns, and how.</summary>
    /// <param name="group">The row group's place in <see cref="RowGroups"/>.</param>
    /// <param name="columns">Flat columns of this file.</param>
    /// <param name="chunks">Takes the answers, in the order of <paramref name="columns"/>.</param>
    /// <returns>Null, or why the row group is not read here; then <paramref name="chunks"/> is filled up to the column at fault.</returns>
    public Decline? Locate(int group, ReadOnlySpan<ParquetColumn> columns, Span<ColumnChunk> chunks)
    {
        int[] places = new int[_content.Leaves];
        for (int i = 0; i < columns.Length; i++) places[columns[i].FirstLeaf] = i + 1;
        return Locate(group, columns, places, chunks);
    }

    /// <summary>As the public one, with the wanted columns by leaf: 0 is not wanted, i + 1 is the i-th of them.</summary>
    internal unsafe Decline? Locate(int group, ReadOnlySpan<ParquetColumn> columns, ReadOnlySpan<int> places, Span<ColumnChunk> chunks)
    {
        long rows = _content.Groups[group].Rows;
        string? column = null;
        bool found = false;
        try
        {
            fixed (byte* start = _footer)
            {
                int offset = _content.Groups[group].FooterOffset;
                var reader = new ThriftReader(start + offset, _footer.Length - offset);
                short id = 0;
                while (reader.NextField(ref id, out ThriftType field))
                {
                    if (id != 1)
                    {
                        reader.Skip(field);
                        continue;
                    }

                    found = true;
                    int count = reader.List(field, ThriftType.Struct);
                    if (count != _content.Leaves) Declines.Footer($"row group {group} has {count} columns, the schema has {_content.Leaves}");
                    for (int leaf = 0; leaf < count; leaf++)
                    {
                        int place = places[leaf] - 1;
                        column = place < 0 ? null : columns[place].Name;
                        if (place < 0) reader.Skip(ThriftType.Struct);
                        else chunks[place] = ColumnChunkReader.Read(ref reader, columns[place], rows, _bodyEnd);
                    }
                }
            }

            // What another row group has left in the chunks must not be taken for this one's.
            if (!found) Declines.Footer($"row group {group} has no columns");
            return null;
        }
        catch (DeclineException e)
        {
            return Declines.Of(e, column);
        }
    }

    internal int[] NewPlaces() => new int[_content.Leaves];

    private static ParquetFile Open(IByteSource source)
    {
        if (source.Length < TailBytes + 4) Declines.Footer($"it has only {source.Length} bytes");
        byte[] tail = new byte[Math.Min(source.Length, GuessedFooter)];
        source.Read(source.Length - tail.Length, tail);
        Span<byte> magic = tail.AsSpan()[^4..];
        if (magic.SequenceEqual("PARE"u8)) Declines.Encrypted("its footer is encrypted");
        if (!magic.SequenceEqual("PAR1"u8)) Declines.Footer("it does not end as a Parquet file does");
        long length = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan()[^TailBytes..]);
        if (length > MostFooterBytes || length > source.Length - TailBytes - 4) Declines.Footer($"it claims {length} bytes");
        long bodyEnd = source.Length - TailBytes - length;
        byte[] footer = new byte[length];
        if (length + TailBytes <= tail.Length) tail.AsSpan((int)(tail.Length - TailBytes - length), (int)length).CopyTo(footer);
        else source.Read(bodyEnd, footer);
        return new ParquetFile(source, footer, bodyEnd);
    }
}
