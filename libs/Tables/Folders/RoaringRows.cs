using System.Buffers.Binary;
using System.Numerics;

namespace BatchScoring.Tables;

/// <summary>
/// Row numbers as a deletion vector holds them: a magic number, then for each upper half a "Roaring bitmap" in the portable form of
/// https://github.com/RoaringBitmap/RoaringFormatSpec.
/// </summary>
internal ref struct RoaringRows
{
    private const int Magic = 1681511377;
    private const int WithoutRuns = 12346, WithRuns = 12347;
    private const int FewestForOffsets = 4, MostInArray = 4096, BitmapBytes = 8192;

    private readonly List<long> _rows = [];
    private readonly long _most;
    private ReadOnlySpan<byte> _rest;

    private RoaringRows(ReadOnlySpan<byte> bytes, long most)
    {
        _rest = bytes;
        _most = most;
    }

    /// <summary>Reads all of it.</summary>
    /// <param name="bytes">The bytes, the magic number first.</param>
    /// <param name="most">How many rows there are; more are an error before they are kept.</param>
    /// <returns>Ascending.</returns>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static long[] Read(ReadOnlySpan<byte> bytes, long most)
    {
        RoaringRows reader = new(bytes, most);
        if (reader.Int32() != Magic) throw new InvalidDataException("it begins with another number than the format's");
        long count = BinaryPrimitives.ReadInt64LittleEndian(reader.Take(sizeof(long)));
        long last = -1;
        for (long i = 0; i < count; i++)
        {
            long upper = reader.Int32();
            if (upper <= last) throw new InvalidDataException("its parts are out of order");
            reader.ReadBitmap(upper << 32);
            last = upper;
        }

        for (int i = 1; i < reader._rows.Count; i++)
            if (reader._rows[i] <= reader._rows[i - 1]) throw new InvalidDataException("its rows are out of order");
        return [.. reader._rows];
    }

    private void ReadBitmap(long first)
    {
        int cookie = Int32();
        bool hasRuns = (cookie & 0xFFFF) == WithRuns;
        if (!hasRuns && cookie != WithoutRuns) throw new InvalidDataException("a bitmap in it begins with another number than the format's");
        int containers = hasRuns ? (cookie >>> 16) + 1 : Int32();
        if (containers is < 0 or > 1 << 16) throw new InvalidDataException($"a bitmap in it has {containers} containers");
        ReadOnlySpan<byte> runs = hasRuns ? Take((containers + 7) / 8) : [];
        ReadOnlySpan<byte> header = Take(4 * containers);
        if (!hasRuns || containers >= FewestForOffsets) Take(4 * containers);
        for (int i = 0; i < containers; i++)
        {
            long at = first + ((long)BinaryPrimitives.ReadUInt16LittleEndian(header[(4 * i)..]) << 16);
            int rows = BinaryPrimitives.ReadUInt16LittleEndian(header[((4 * i) + 2)..]) + 1;
            if (hasRuns && (runs[i / 8] >> (i % 8) & 1) != 0) ReadRuns(at);
            else if (rows <= MostInArray) ReadArray(at, rows);
            else ReadBits(at);
        }
    }

    private void ReadArray(long first, int rows)
    {
        ReadOnlySpan<byte> values = Take(2 * rows);
        for (int i = 0; i < rows; i++) Add(first + BinaryPrimitives.ReadUInt16LittleEndian(values[(2 * i)..]));
    }

    private void ReadBits(long first)
    {
        ReadOnlySpan<byte> words = Take(BitmapBytes);
        for (int i = 0; i < BitmapBytes; i += sizeof(ulong))
        {
            for (ulong word = BinaryPrimitives.ReadUInt64LittleEndian(words[i..]); word != 0; word &= word - 1)
                Add(first + (8 * i) + BitOperations.TrailingZeroCount(word));
        }
    }

    private void ReadRuns(long first)
    {
        int count = BinaryPrimitives.ReadUInt16LittleEndian(Take(2));
        ReadOnlySpan<byte> runs = Take(4 * count);
        for (int i = 0; i < count; i++)
        {
            int start = BinaryPrimitives.ReadUInt16LittleEndian(runs[(4 * i)..]);
            int more = BinaryPrimitives.ReadUInt16LittleEndian(runs[((4 * i) + 2)..]);
            for (int row = start; row <= start + more; row++) Add(first + row);
        }
    }

    private readonly void Add(long row)
    {
        if (_rows.Count == _most) throw new InvalidDataException($"it names more than the {_most} rows that the log says");
        _rows.Add(row);
    }

    private int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    private ReadOnlySpan<byte> Take(int bytes)
    {
        if (bytes > _rest.Length) throw new InvalidDataException("it ends too early");
        ReadOnlySpan<byte> taken = _rest[..bytes];
        _rest = _rest[bytes..];
        return taken;
    }
}
