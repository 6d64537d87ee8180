using BatchScoring.DuckDb;

namespace BatchScoring.SparkJobs.Predict;

/// <summary>A block's keys, copied out of the reader's buffers.</summary>
internal sealed class KeyCells
{
    private readonly bool _isText;
    private readonly byte[] _bytes;
    private readonly int[] _ends = [];
    private readonly ulong[] _validity;

    public KeyCells(DuckVector source)
    {
        _validity = source.Validity.ToArray();
        _isText = source.Column.Type == DuckType.Varchar;
        if (!_isText)
        {
            _bytes = source.Bytes.ToArray();
            return;
        }

        _ends = new int[source.Rows];
        for (int row = 0, end = 0; row < source.Rows; row++) _ends[row] = end += source.Text(row).Length;
        _bytes = new byte[_ends[^1]];
        for (int row = 0; row < source.Rows; row++) source.Text(row).CopyTo(_bytes.AsSpan(Start(row)));
    }

    public bool IsNull(int row) => _validity.Length > 0 && (_validity[row >> 6] >> row & 1) == 0;

    public ReadOnlySpan<byte> Text(int row) => _bytes.AsSpan(Start(row), _ends[row] - Start(row));

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

    private int Start(int row) => row == 0 ? 0 : _ends[row - 1];
}
