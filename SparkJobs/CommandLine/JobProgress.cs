namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>How far a driver is, as it tells whoever submitted it.</summary>
/// <param name="Title">The stage, for example <c>score</c>.</param>
/// <param name="Total">Rows to do; 0 when not known.</param>
/// <param name="Done">Rows done.</param>
/// <param name="Ended">True when the stage is done in full.</param>
internal sealed record JobProgress(string Title, long Total, long Done, bool Ended = false);
