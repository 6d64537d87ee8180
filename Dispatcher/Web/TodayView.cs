using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Web;

/// <summary>A day over all pipelines.</summary>
internal sealed record TodayView(
    DateTimeOffset Now, string Zone, DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<TodayLine> Pipelines);

/// <summary>A pipeline's day.</summary>
/// <param name="Planned">Firings that have no run yet.</param>
internal sealed record TodayLine(string Name, IReadOnlyList<PlannedView> Planned, IReadOnlyList<TodayRun> Runs);

internal sealed record PlannedView(DateTimeOffset Due, DateTimeOffset? DeliverBy);

internal sealed record TodayRun(RunRow Run, ForecastView? Forecast);
