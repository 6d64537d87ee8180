namespace BatchScoring.Reporting;

/// <summary>Time spent in one stage.</summary>
/// <param name="Stage">The stage: plan, read, evaluate, write, publish …</param>
/// <param name="Seconds">Seconds; over all tasks together where stages run in parallel.</param>
public sealed record ReportTiming(string Stage, double Seconds);
