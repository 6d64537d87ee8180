using BatchScoring.Datasets;
using BatchScoring.Statistics;

namespace BatchScoring.SparkJobs.Compare;

/// <summary>Two scorings side by side.</summary>
internal sealed record Comparison
{
    public required Dataset Then { get; init; }

    public required Dataset Now { get; init; }

    /// <summary>The bands' names, from the lowest scores to the highest.</summary>
    public required IReadOnlyList<string> Bands { get; init; }

    /// <summary>Over all rows of both sides.</summary>
    public required PopulationStability Psi { get; init; }

    /// <summary>Rows per band, all rows of a side.</summary>
    public required IReadOnlyList<long> BandsThen { get; init; }

    public required IReadOnlyList<long> BandsNow { get; init; }

    /// <summary>Over the rows that both sides have.</summary>
    public required MigrationMatrix Migration { get; init; }

    /// <summary>Spearman's correlation over the rows that both sides have; null where it is not defined.</summary>
    public required double? RankCorrelation { get; init; }

    /// <summary>The rows whose score changed most.</summary>
    public required IReadOnlyList<MovedRow> Moved { get; init; }
}
