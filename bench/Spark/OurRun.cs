namespace BatchScoring.Bench.Spark;

/// <summary>One scoring run of ours.</summary>
/// <param name="Seconds">From "session is up" to the published result.</param>
/// <param name="Whole">From the command's start to its end.</param>
/// <param name="ToFirstTask">From the command's start to the first task's.</param>
/// <param name="TaskSeconds">From the first task's start to the last one's end, as Spark's event log tells.</param>
/// <param name="RunnerPeakMiB">The most memory that a runner held.</param>
internal readonly record struct OurRun(double Seconds, double Whole, double ToFirstTask, double TaskSeconds, double RunnerPeakMiB);
