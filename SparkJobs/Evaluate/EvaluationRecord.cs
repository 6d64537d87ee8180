using BatchScoring.Statistics;

namespace BatchScoring.SparkJobs.Evaluate;

/// <summary>The part of a published evaluation: how good the scores of one revision were, once outcomes are known.</summary>
internal sealed record EvaluationRecord
{
    public int Format { get; init; } = 1;

    public required string Run { get; init; }

    public required string RunDate { get; init; }

    public required int Revision { get; init; }

    public required string ScoresFolder { get; init; }

    public required string ScoresManifestSha256 { get; init; }

    public required string OutcomesManifestSha256 { get; init; }

    public required string Label { get; init; }

    public required long Rows { get; init; }

    /// <summary>Scored rows for which no outcome is known (yet).</summary>
    public required long RowsWithoutOutcome { get; init; }

    public required long Bads { get; init; }

    public required double Auc { get; init; }

    public required double Gini { get; init; }

    public required KolmogorovSmirnov Ks { get; init; }

    public required double Logloss { get; init; }

    public required double Brier { get; init; }

    public required IReadOnlyList<GainRow> Gain { get; init; }

    public required LeakFinding Leak { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required string Program { get; init; }
}
