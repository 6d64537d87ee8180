namespace BatchScoring.Tables;

/// <summary>Looks up row numbers in an ascending list while rows come in ascending order: one comparison a row.</summary>
/// <remarks>Not thread safe.</remarks>
/// <param name="rows">Ascending.</param>
public sealed class AscendingRows(IReadOnlyList<long> rows)
{
    private int _next;

    /// <summary>Whether the row is in the list; asked for ever larger rows.</summary>
    public bool Contains(long row)
    {
        while (_next < rows.Count && rows[_next] < row) _next++;
        return _next < rows.Count && rows[_next] == row;
    }
}
