using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Training.Quantising;

/// <summary>
/// The bin of every row: a byte each while there are no more than 256 bins. It may lie beside other columns, row by row, once they are
/// summed together.
/// </summary>
internal sealed unsafe class BinColumn
{
    private const int ByteBins = 256, MovedRows = 1024, WordRows = Workers.WordRows;
    private readonly ushort[]? _words;
    private readonly NativeBytes? _own;
    private byte* _start;
    private readonly byte[]? _binOf;
    private PinnedBuffer<byte>? _shared; // held, not read
    private int _step = 1;

    /// <param name="rows">How many bins there are to hold; all 0.</param>
    /// <param name="binCount">How many different ones.</param>
    public BinColumn(int rows, int binCount)
    {
        Rows = rows;
        bool isNarrow = binCount <= ByteBins;
        _words = isNarrow ? null : new ushort[rows];
        if (!isNarrow) return;
        _own = new NativeBytes(rows);
        _start = _own.Start;
    }

    /// <param name="bytes">By row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="binOf">The bin that a byte stands for; null: itself.</param>
    public BinColumn(PinnedBuffer<byte> bytes, int rows, byte[]? binOf = null)
    {
        (Rows, _shared, _binOf) = (rows, bytes, binOf);
        _start = bytes.Start;
    }

    public static BinColumn None { get; } = new(0, 0);

    public int Rows { get; }

    /// <summary>Whether a byte holds every bin.</summary>
    public bool IsNarrow => _words is null;

    public int this[int row]
    {
        get
        {
            int bin = _words is null ? _start[(long)row * _step] : _words[row];
            if (_binOf is not null) bin = _binOf[bin];
            GC.KeepAlive(this);
            return bin;
        }

        set
        {
            if (_words is null) _start[(long)row * _step] = (byte)value;
            else _words[row] = (ushort)value;
            GC.KeepAlive(this);
        }
    }

    /// <summary>Sets every row's bin to the number of borders that its value is larger than.</summary>
    /// <param name="values">By row.</param>
    /// <param name="borders">Ascending.</param>
    /// <param name="missing">The bin of NaN.</param>
    public void Fill(ReadOnlySpan<float> values, ReadOnlySpan<float> borders, int missing)
    {
        int row = IsNarrow && _step == 1 ? FillTogether(values, borders) : 0;
        for (; row < values.Length; row++) this[row] = SortedValues.FirstFrom(borders, values[row]);
        if (missing == 0) return;
        for (row = 0; row < values.Length; row++) if (float.IsNaN(values[row])) this[row] = missing;
    }

    /// <summary>Asks every border of 32 values together, which is faster than to search each.</summary>
    /// <returns>How many rows are filled.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FillTogether(ReadOnlySpan<float> values, ReadOnlySpan<float> borders)
    {
        int row = 0, lanes = Vector512<float>.Count;
        byte* bins = _start;
        for (; row <= values.Length - (2 * lanes); row += 2 * lanes)
        {
            Vector512<float> a = Vector512.Create(values.Slice(row, lanes)), b = Vector512.Create(values.Slice(row + lanes, lanes));
            Vector512<int> above = default, aboveB = default;
            foreach (float border in borders)
            {
                var one = Vector512.Create(border);
                above -= Vector512.GreaterThan(a, one).AsInt32();
                aboveB -= Vector512.GreaterThan(b, one).AsInt32();
            }

            var both = Vector512.Narrow(above, aboveB);
            Vector256.Narrow(both.GetLower().AsUInt16(), both.GetUpper().AsUInt16()).Store(bins + row);
        }

        GC.KeepAlive(this);
        return row;
    }

    /// <summary>A bit for every row whose bin is not the lowest.</summary>
    public ulong[] AboveLowest()
    {
        ulong[] mask = new ulong[(Rows + WordRows - 1) / WordRows];
        int row = 0;
        if (_words is null && _step == 1 && _binOf is null)
        {
            for (; row <= Rows - WordRows; row += WordRows)
                mask[row / WordRows] = ~Vector512.Equals(Vector512.Load(_start + row), Vector512<byte>.Zero).ExtractMostSignificantBits();
        }

        for (; row < Rows; row++) if (this[row] > 0) mask[row / WordRows] |= 1UL << (row % WordRows);
        GC.KeepAlive(this);
        return mask;
    }

    public BinColumn Reordered(int[] order)
    {
        BinColumn other = new(Rows, IsNarrow ? 0 : ushort.MaxValue);
        for (int row = 0; row < order.Length; row++) other[row] = this[order[row]];
        return other;
    }

    /// <summary>Copies columns to an array that holds all of them, row by row.</summary>
    public static void CopyTo(PinnedBuffer<byte> shared, int step, BinColumn[] columns, Workers workers) =>
        // Few rows at a time, so that a line is written whole while it is near.
        workers.ForRows(columns[0].Rows, (start, end) =>
        {
            for (; start < end; start += MovedRows)
                for (int column = 0; column < columns.Length; column++)
                    columns[column].CopyTo(shared.Start + column, step, start, Math.Min(start + MovedRows, end));
        });

    /// <summary>The same, and gives up the columns' own bytes.</summary>
    public static void MoveTo(PinnedBuffer<byte> shared, int step, BinColumn[] columns, Workers workers)
    {
        CopyTo(shared, step, columns, workers);
        for (int column = 0; column < columns.Length; column++)
        {
            BinColumn moved = columns[column];
            moved._own?.Free();
            (moved._shared, moved._step) = (shared, step);
            moved._start = shared.Start + column;
        }
    }

    private void CopyTo(byte* to, int step, int row, int end)
    {
        for (; row < end; row++) to[(long)row * step] = _start[(long)row * _step];
    }

    /// <summary>Sets a bit of every row's leaf whose bin is larger than a border's number.</summary>
    /// <param name="border">Its number.</param>
    /// <param name="leaves">Of rows.</param>
    /// <param name="bit">The bit's number.</param>
    /// <param name="first">The first of the rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void MarkAbove(int border, Span<ushort> leaves, int bit, int first = 0)
    {
        byte* start = _start + ((nint)first * _step);
        if (_binOf is not null)
        {
            ushort* marks = stackalloc ushort[ByteBins];
            for (int own = 0; own < ByteBins; own++) marks[own] = (ushort)(_binOf[own] > border ? 1 << bit : 0);
            MarkEach(start, marks, leaves);
        }
        else if (_words is null)
        {
            int step = _step, row = MarkWords(border, leaves, bit, start);
            byte* bin = start + ((nint)row * step);
            for (; row < leaves.Length; row++, bin += step) leaves[row] |= (ushort)((border - *bin) >>> 31 << bit);
        }
        else
        {
            for (int row = 0; row < leaves.Length; row++) leaves[row] |= (ushort)((border - _words[first + row]) >>> 31 << bit);
        }

        GC.KeepAlive(this);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MarkEach(byte* bytes, ushort* marks, Span<ushort> leaves)
    {
        nint row = 0, rows = leaves.Length;
        fixed (ushort* leaf = leaves)
        {
            for (; row <= rows - Vector128<ushort>.Count; row += Vector128<ushort>.Count)
            {
                byte* own = bytes + row;
                (Vector128.Load(leaf + row) | Vector128.Create(
                    marks[own[0]], marks[own[1]], marks[own[2]], marks[own[3]], marks[own[4]], marks[own[5]], marks[own[6]], marks[own[7]]))
                    .Store(leaf + row);
            }

            for (; row < rows; row++) leaf[row] |= marks[bytes[row]];
        }
    }

    /// <summary>Compares 64 bytes at a time, the bins of other columns among them, and keeps the bits of its own.</summary>
    /// <returns>How many rows are done: a multiple of 64.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int MarkWords(int border, Span<ushort> leaves, int bit, byte* start)
    {
        int row = 0, step = _step, lineRows = WordRows / step;
        if (!Bmi2.X64.IsSupported || border >= byte.MaxValue) return row;
        // Columns that lie together begin with a cache line, so this one's place is known by its address.
        int place = (int)((nuint)start % (nuint)step);
        ulong own = ulong.MaxValue / ((1UL << step) - 1) << place;
        byte* line = start - place;
        var limit = Vector512.Create((byte)border);
        Vector256<ushort> bits = Vector256.Create((ushort)1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768),
            mark = Vector256.Create((ushort)(1 << bit));
        fixed (ushort* leaf = leaves)
        {
            for (; row <= leaves.Length - WordRows; row += WordRows)
            {
                ulong above = 0;
                for (int at = 0; at < WordRows; at += lineRows, line += WordRows)
                {
                    ulong all = Vector512.GreaterThan(Vector512.Load(line), limit).ExtractMostSignificantBits();
                    above |= Bmi2.X64.ParallelBitExtract(all, own) << at;
                }

                for (int at = 0; at < WordRows; at += Vector256<ushort>.Count, above >>= Vector256<ushort>.Count)
                {
                    ushort* to = leaf + row + at;
                    (Vector256.Load(to) | (Vector256.Equals(Vector256.Create((ushort)above) & bits, bits) & mark)).Store(to);
                }
            }
        }

        return row;
    }

    /// <summary>Sets a bit of every row's leaf whose bin is the one.</summary>
    public void MarkEqual(int bin, Span<ushort> leaves, int bit, int first = 0)
    {
        for (int row = 0; row < leaves.Length; row++) if (this[first + row] == bin) leaves[row] |= (ushort)(1 << bit);
    }
}
