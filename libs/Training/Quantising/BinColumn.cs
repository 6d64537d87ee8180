namespace BatchScoring.Training.Quantising;

/// <summary>
/// The bin of every row: a byte each while there are no more than 256 bins. It may lie beside other columns, row by row, once they are
/// summed together.
/// </summary>
internal sealed class BinColumn
{
    private const int ByteBins = 256;
    private readonly ushort[]? _words;
    private byte[] _bytes = [];
    private int _first, _step = 1;

    /// <param name="rows">How many bins there are to hold; all 0.</param>
    /// <param name="binCount">How many different ones.</param>
    public BinColumn(int rows, int binCount)
    {
        Rows = rows;
        if (binCount > ByteBins) _words = new ushort[rows];
        else _bytes = new byte[rows];
    }

    /// <param name="bins">Becomes the column's own.</param>
    public BinColumn(ushort[] bins) => (Rows, _words) = (bins.Length, bins);

    public static BinColumn None { get; } = new(0, 0);

    public int Rows { get; }

    /// <summary>Whether a byte holds every bin.</summary>
    public bool IsNarrow => _words is null;

    public int this[int row]
    {
        get => _words is null ? _bytes[_first + (row * _step)] : _words[row];
        set
        {
            if (_words is null) _bytes[_first + (row * _step)] = (byte)value;
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
    public void MoveTo(byte[] shared, int first, int step)
    {
        for (int row = 0; row < Rows; row++) shared[first + (row * step)] = (byte)this[row];
        (_bytes, _first, _step) = (shared, first, step);
    }

    /// <summary>Sets a bit of every row's leaf whose bin is larger than a border's number.</summary>
    public void MarkAbove(int border, Span<int> leaves, int bit)
    {
        if (_words is null)
        {
            ref byte bin = ref _bytes[_first];
            for (int row = 0, at = 0; row < leaves.Length; row++, at += _step)
                leaves[row] |= (border - System.Runtime.CompilerServices.Unsafe.Add(ref bin, at)) >>> 31 << bit;
        }
        else
        {
            for (int row = 0; row < leaves.Length; row++) leaves[row] |= (border - _words[row]) >>> 31 << bit;
        }
    }

    /// <summary>Sets a bit of every row's leaf whose bin is the one.</summary>
    public void MarkEqual(int bin, Span<int> leaves, int bit)
    {
        for (int row = 0; row < leaves.Length; row++) if (this[row] == bin) leaves[row] |= 1 << bit;
    }
}
