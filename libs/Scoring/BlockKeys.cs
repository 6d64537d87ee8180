using BatchScoring.DuckDb;

namespace BatchScoring.Scoring;

/// <summary>A block's keys, copied out of the reader's buffers: they stay when the reader goes on.</summary>
/// <remarks>Immutable and thread safe.</remarks>
public sealed class BlockKeys
{
    private readonly bool _isText;
    private readonly byte[] _bytes;
    private readonly int[] _ends = [];
    private readonly ulong[] _validity;

    /// <summary>Copies keys.</summary>
    /// <param name="source">The reader's: text, or integers in their own type.</param>
    /// <param name="kept">The rows to copy, ascending; null for all.</param>
    public BlockKeys(DuckVector source, IReadOnlyList<int>? kept = null)
    {
        int rows = kept?.Count ?? source.Rows;
        _isText = source.Column.Type == DuckType.Varchar;
        _validity = kept is null ? source.Validity.ToArray() : Validity(source, kept);
        if (!_isText)
        {
            _bytes = kept is null ? source.Bytes.ToArray() : Bytes(source, kept);
            return;
        }

        _ends = new int[rows];
        for (int row = 0, end = 0; row < rows; row++) _ends[row] = end += source.Text(kept?[row] ?? row).Length;
        _bytes = new byte[rows == 0 ? 0 : _ends[^1]];
        for (int row = 0; row < rows; row++) source.Text(kept?[row] ?? row).CopyTo(_bytes.AsSpan(Start(row)));
    }

    /// <summary>Whether a row has no key.</summary>
    public bool IsNull(int row) => _validity.Length > 0 && (_validity[row >> 6] >> row & 1) == 0;

    /// <summary>The key of a row in UTF-8, where keys are texts; empty where there is none.</summary>
    public ReadOnlySpan<byte> Text(int row) => _bytes.AsSpan(Start(row), _ends[row] - Start(row));

    /// <summary>Hands the keys to DuckDB.</summary>
    /// <param name="block">Takes them; has a column of the keys' type.</param>
    /// <param name="column">That column's place.</param>
    /// <param name="rows">How many keys there are.</param>
    public void WriteTo(DuckBlock block, int column, int rows)
    {
        if (_isText)
        {
            for (int row = 0; row < rows; row++) block.SetText(column, row, Text(row));
        }
        else
        {
            _bytes.CopyTo(block.Bytes(column));
        }

        for (int row = 0; row < rows; row++)
            if (IsNull(row)) block.SetNull(column, row);
    }

    private static ulong[] Validity(DuckVector source, IReadOnlyList<int> kept)
    {
        ulong[] validity = new ulong[(kept.Count + 63) / 64];
        for (int i = 0; i < kept.Count; i++)
            if (!source.IsNull(kept[i])) validity[i >> 6] |= 1ul << i;
        return validity;
    }

    private static byte[] Bytes(DuckVector source, IReadOnlyList<int> kept)
    {
        int width = source.Bytes.Length / source.Rows;
        byte[] bytes = new byte[width * kept.Count];
        for (int i = 0; i < kept.Count; i++) source.Bytes.Slice(kept[i] * width, width).CopyTo(bytes.AsSpan(i * width));
        return bytes;
    }

    private int Start(int row) => row == 0 ? 0 : _ends[row - 1];
}
