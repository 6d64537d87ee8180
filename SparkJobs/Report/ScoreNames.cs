using BatchScoring.SparkJobs.Score;
using BatchScoring.Tasks;

namespace BatchScoring.SparkJobs.Report;

/// <summary>What people call a score column: its class, where it has one.</summary>
internal static class ScoreNames
{
    /// <param name="column">The column.</param>
    /// <param name="details">What the run says of its scores.</param>
    /// <param name="place">The column's place among the score columns.</param>
    public static string Of(ScoreColumnStatistics column, ScoreDetails? details, int place) =>
        details?.Classes is { } classes && place < classes.Count ? $"class {classes[place]}" : column.Column;
}
