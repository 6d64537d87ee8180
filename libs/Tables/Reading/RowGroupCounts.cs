namespace BatchScoring.Tables;

/// <summary>Who has read how many row groups.</summary>
/// <remarks>Not thread safe.</remarks>
public sealed class RowGroupCounts
{
    private readonly SortedDictionary<string, long> _declined = new(StringComparer.Ordinal);

    /// <summary>Row groups whose numbers our own reader has read.</summary>
    public long Own { get; private set; }

    /// <summary>Row groups that it declined, by the code of the reason (<see cref="Parquet.DeclineCodes"/>): DuckDB has read them. A file
    /// whose footer was declined counts as one.</summary>
    public IReadOnlyDictionary<string, long> Declined => _declined;

    internal void AddOwn() => Own++;

    internal void AddDeclined(string code) => _declined[code] = _declined.GetValueOrDefault(code) + 1;

    /// <summary>A row group that looked well when it was counted.</summary>
    internal void Recount(string code)
    {
        Own--;
        AddDeclined(code);
    }
}
