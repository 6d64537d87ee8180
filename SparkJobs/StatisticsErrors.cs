using BatchScoring.Core;
using BatchScoring.Statistics;

namespace BatchScoring.SparkJobs;

/// <summary>What the errors of libs/Statistics, which knows nothing of processes, mean for one.</summary>
internal static class StatisticsErrors
{
    public static ErrorCode ScoreNan { get; } = new("STATISTICS_SCORE_NAN", ExitCode.InputUnusable,
        "A score is not a number.");

    public static ErrorCode LabelInvalid { get; } = new("STATISTICS_LABEL_INVALID", ExitCode.InputUnusable,
        "A label is neither 0 nor 1.");

    public static ErrorCode OneClass { get; } = new("STATISTICS_ONE_CLASS", ExitCode.InputUnusable,
        "All rows are good, or all are bad: rank metrics compare the two.");

    public static ErrorCode NotProbability { get; } = new("STATISTICS_NOT_PROBABILITY", ExitCode.InputUnusable,
        "A score outside 0 to 1 was given where a probability is needed.");

    /// <summary>What such an error means for a process.</summary>
    /// <param name="error">The library's own error.</param>
    public static ErrorCode Of(StatisticsException error) => Array.Find(All(), code => code.Name == error.Code)
        ?? throw new InvalidOperationException($"{error.Code} stands in no catalogue.", error);

    private static ErrorCode[] All() => [ScoreNan, LabelInvalid, OneClass, NotProbability];
}
