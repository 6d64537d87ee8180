namespace BatchScoring.Reporting;

/// <summary>
/// What a run has to tell, once, for all readers: <see cref="HtmlReport"/> makes a page of it, <see cref="TextReport"/> a mail or a screen,
/// <see cref="JsonReport"/> a file for programs. Holds data only; texts may contain anything, the writers escape them.
/// </summary>
public sealed record Report
{
    /// <summary>The version of the JSON form.</summary>
    public const int CurrentFormat = 2;

    /// <summary>Version of the JSON form.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The headline, for example <c>Scores of 21 November 2026</c>.</summary>
    public required string Title { get; init; }

    /// <summary>How it ended, in a word and a sentence.</summary>
    public required ReportVerdict Verdict { get; init; }

    /// <summary>Which run and attempt this is about, of what model, when.</summary>
    public required ReportRun Run { get; init; }

    /// <summary>Rows in, out and set aside; null for a job that handles none.</summary>
    public RowCounts? Rows { get; init; }

    /// <summary>Which way the score points and what it is, for example <c>Higher = riskier: probability that default = 1</c>. Needed as
    /// soon as there are metrics or charts.</summary>
    public string? ScoreMeaning { get; init; }

    /// <summary>Today beside an earlier day; null for a job without one.</summary>
    public ReportComparison? Today { get; init; }

    /// <summary>What decides whether the result may be used: bands, approvals, stability.</summary>
    public IReadOnlyList<ReportTable> Decisions { get; init; } = [];

    /// <summary>What else is worth knowing, by name.</summary>
    public IReadOnlyList<ReportFact> Facts { get; init; } = [];

    /// <summary>Quality figures, most important first.</summary>
    public IReadOnlyList<ReportMetric> Metrics { get; init; } = [];

    /// <summary>Pictures; each also offers its numbers as a table.</summary>
    public IReadOnlyList<Chart> Charts { get; init; } = [];

    /// <summary>Tables besides those of the charts.</summary>
    public IReadOnlyList<ReportTable> Tables { get; init; } = [];

    /// <summary>What the result was made from: files, hashes, limits, what differs from the last revision.</summary>
    public IReadOnlyList<ReportTable> Lineage { get; init; } = [];

    /// <summary>What a reader must not miss, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Where the time went, in the order of the stages.</summary>
    public IReadOnlyList<ReportTiming> Timings { get; init; } = [];

    /// <summary>Where plan, manifest, scores and the rest lie.</summary>
    public IReadOnlyList<ReportLink> Links { get; init; } = [];

    /// <summary>Refuses a report that shows scores without saying which way they point.</summary>
    /// <exception cref="InvalidOperationException">Metrics or charts without <see cref="ScoreMeaning"/>.</exception>
    internal void Validate()
    {
        if (ScoreMeaning is null && (Metrics.Count > 0 || Charts.Count > 0))
            throw new InvalidOperationException(
                $"{nameof(ScoreMeaning)} must be set: a report with metrics or charts says which way the score points.");
    }
}
