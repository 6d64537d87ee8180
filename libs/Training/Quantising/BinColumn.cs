using System.Runtime.CompilerServices;

namespace BatchScoring.Training.Quantising;

/// <summary>
/// The bin of every row: a byte each while there are no more than 256 bins. It may lie beside other columns, row by row, once they are
/// summed together.
/// </summary>
internal sealed unsafe class BinColumn
{
    private const int ByteBins = 256;
    private readonly ushort[]? _words;
    private PinnedBuffer<byte> _bytes;
    private int _first, _step = 1;

    /// <param name="rows">How many bins there are to hold; all 0.</param>
    /// <param name="binCount">How many different ones.</param>
    public BinColumn(int rows, int binCount)
    {
        Rows = rows;
        bool isNarrow = binCount <= ByteBins;
        _words = isNarrow ? null : new ushort[rows];
        _bytes = new PinnedBuffer<byte>(isNarrow ? rows : 0);
        new Span<byte>(_bytes.Start, (int)_bytes.Count).Clear();
    }

    /// <param name="shared">Several columns, row by row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="first">Which of the columns.</param>
    /// <param name="step">How many there are.</param>
    public BinColumn(PinnedBuffer<byte> shared, int rows, int first, int step) =>
        (Rows, _bytes, _first, _step) = (rows, shared, first, step);

    public static BinColumn None { get; } = new(0, 0);

    public int Rows { get; }

    /// <summary>Whether a byte holds every bin.</summary>
    public bool IsNarrow => _words is null;

    public int this[int row]
    {
        get => _words is null ? _bytes.Start[At(row)] : _words[row];
        set
        {
            if (_words is null) _bytes.Start[At(row)] = (byte)value;
            else _words[row] = (ushort)value;
        }
    }

    public BinColumn Reordered(int[] order)
    {
        BinColumn other = new(Rows, IsNarrow ? 0 : ushort.MaxValue);
        for (int row = 0; row < order.Length; row++) other[row] = this[order[row]];
        return other;
    }

    /// <summary>Gives up the column's own bytes for every n-th of an array that holds several columns.</summary>
    public void MoveTo(PinnedBuffer<byte> shared, int first, int step)
    {
        for (int row = 0; row < Rows; row++) shared.Start[first + ((long)row * step)] = (byte)this[row];
        (_bytes, _first, _step) = (shared, first, step);
    }

    /// <summary>Sets a bit of every row's leaf whose bin is larger than a border's number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void MarkAbove(int border, Span<int> leaves, int bit)
    {
        if (_words is null)
        {
            byte* bin = _bytes.Start + _first;
            int step = _step;
            for (int row = 0; row < leaves.Length; row++, bin += step) leaves[row] |= (border - *bin) >>> 31 << bit;
        }
        else
        {
            for (int row = 0; row < leaves.Length; row++) leaves[row] |= (border - _words[row]) >>> 31 << bit;
        }
    }

    private long At(int row) => _first + ((long)row * _step);

    /// <summary>Sets a bit of every row's leaf whose bin is the one.</summary>
    public void MarkEqual(int bin, Span<int> leaves, int bit)
    {
        for (int row = 0; row < leaves.Length; row++) if (this[row] == bin) leaves[row] |= 1 << bit;
    }
}
