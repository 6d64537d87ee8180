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

    /// <summary>Some of the rows set aside, to look at; null for none.</summary>
    public ReportTable? Examples { get; init; }

    /// <summary>What a reader sees of <see cref="SetAside"/>, most rows first: beyond ten the rest in one line.</summary>
    internal IReadOnlyList<QuarantineCount> SetAsideAtAGlance
    {
        get
        {
            const int Shown = 10;
            QuarantineCount[] all = [.. SetAside.OrderByDescending(count => count.Rows)];
            if (all.Length <= Shown + 1) return all;
            QuarantineCount rest = new($"{all.Length - Shown} further", all[Shown..].Sum(count => count.Rows), "other columns or codes");
            return [.. all[..Shown], rest];
        }
    }

    /// <summary>All rows set aside.</summary>
    internal long SetAsideTotal => SetAside.Sum(q => q.Rows);
}
