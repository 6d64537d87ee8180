namespace BatchScoring.Reporting;

/// <summary>Rows in = rows out + rows set aside.</summary>
public sealed record RowCounts
{
    /// <summary>Rows read from the input.</summary>
    public required long Read { get; init; }

    /// <summary>Rows in the result.</summary>
    public required long Out { get; init; }

    /// <summary>What the rows in the result are, one word: <c>scored</c>, <c>drawn</c>, <c>evaluated</c> …</summary>
    public string OutIs { get; init; } = "scored";

    /// <summary>Rows set aside, by code; empty when there are none.</summary>
    public IReadOnlyList<QuarantineCount> SetAside { get; init; } = [];

    /// <summary>All rows set aside.</summary>
    internal long SetAsideTotal => SetAside.Sum(q => q.Rows);
}
