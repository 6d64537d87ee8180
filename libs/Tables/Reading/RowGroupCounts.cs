namespace BatchScoring.Tables;

/// <summary>Who has read how many row groups.</summary>
/// <remarks>Not thread safe.</remarks>
public sealed class RowGroupCounts
{
    private readonly SortedDictionary<string, long> _duck = new(StringComparer.Ordinal);

    /// <summary>Row groups whose numbers our own reader has read.</summary>
    public long Own { get; private set; }

    /// <summary>Row groups that it does not read, by the code of the reason (<see cref="Parquet.UnsupportedCodes"/>): DuckDB has read them.
    /// A file whose footer is not read counts as one.</summary>
    public IReadOnlyDictionary<string, long> Unsupported => _duck;

    internal void AddOwn() => Own++;

    internal void AddUnsupported(string code) => _duck[code] = _duck.GetValueOrDefault(code) + 1;

    /// <summary>A row group that looked well when it was counted.</summary>
    internal void Recount(string code)
    {
        Own--;
        AddUnsupported(code);
    }
}
