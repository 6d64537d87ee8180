namespace BatchScoring.Tasks;

/// <summary>What a score task tells about its scores: <see cref="Core.TaskResult.Statistics"/>. Those of all splits add up.</summary>
/// <param name="Columns">One entry per score column, in their order.</param>
public sealed record ScoreStatistics(IReadOnlyList<ScoreColumnStatistics> Columns)
{
    /// <summary>Joins the statistics of two disjoint sets of rows.</summary>
    /// <exception cref="ArgumentException">They are of different models.</exception>
    public static ScoreStatistics operator +(ScoreStatistics a, ScoreStatistics b) => a.Columns.Count == b.Columns.Count
        ? new ScoreStatistics([.. a.Columns.Zip(b.Columns, (x, y) => x + y)])
        : throw new ArgumentException($"Statistics of {a.Columns.Count} and {b.Columns.Count} columns do not add up.", nameof(b));
}
