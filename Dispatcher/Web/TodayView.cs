using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Web;

/// <summary>A day over all pipelines.</summary>
/// <param name="Today">What today's date is in that zone.</param>
/// <param name="Deadlines">Worst first, then by time.</param>
internal sealed record TodayView(
    DateTimeOffset Now, string Zone, DateOnly Date, DateOnly Today, DateTimeOffset From, DateTimeOffset Until,
    IReadOnlyList<TodayLine> Pipelines, IReadOnlyList<DeadlineView> Deadlines);

/// <summary>A pipeline's day.</summary>
/// <param name="Planned">Firings that have no run yet.</param>
internal sealed record TodayLine(string Name, IReadOnlyList<PlannedView> Planned, IReadOnlyList<TodayRun> Runs);

internal sealed record PlannedView(DateTimeOffset Due, DateTimeOffset? DeliverBy);

internal sealed record TodayRun(RunRow Run, ForecastView? Forecast);
