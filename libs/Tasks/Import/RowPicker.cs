using BatchScoring.DuckDb;

namespace BatchScoring.Tasks;

/// <summary>
/// Lets SQL ask whether a row of the split was picked. Nothing is joined, so rows keep their order and columns are read once.
/// </summary>
internal sealed class RowPicker
{
    /// <summary>SQL condition for a row that was picked.</summary>
    public const string Condition = "picked(file_row_number)";

    private long _first;
    private bool[] _picked = [];

    public RowPicker(DuckConnection connection) => connection.RegisterFunction("picked", DuckType.BigInt, DuckType.Boolean, Answer);

    /// <summary>Says which rows the next query picks.</summary>
    /// <param name="first">The number of the split's first row.</param>
    /// <param name="picked">One per row of the split; used until the next call.</param>
    public void Pick(long first, bool[] picked) => (_first, _picked) = (first, picked);

    private void Answer(DuckVector rows, DuckBlock results)
    {
        Span<bool> answers = results.Column<bool>(0);
        ReadOnlySpan<long> numbers = rows.Values<long>();
        for (int i = 0; i < numbers.Length; i++)
        {
            // DuckDB may ask before it looks whether the row is of this split.
            ulong row = (ulong)(numbers[i] - _first);
            answers[i] = row < (ulong)_picked.Length && _picked[row];
        }
    }
}
