using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Web;

/// <summary>What the first page shows; each page is one such record, and the API gives the record itself.</summary>
/// <param name="Troubles">What somebody should look at, worst first.</param>
/// <param name="Pipelines">Sorted by trouble.</param>
internal sealed record HomeView(DateTimeOffset Now, IReadOnlyList<string> Troubles, IReadOnlyList<PipelineLine> Pipelines);

/// <summary>A pipeline in one line.</summary>
/// <param name="Last">The newest run, or null.</param>
/// <param name="Forecast">Of the run that goes on.</param>
/// <param name="Recent">The last thirty dates, newest first.</param>
internal sealed record PipelineLine(
    string Name, string Description, string? Schedule, string Zone, RunRow? Last, DateTimeOffset? Next, DateTimeOffset? DeliverBy,
    ForecastView? Forecast, string? Paused, IReadOnlyList<RunRow> Recent);

/// <summary>When a run is expected to end.</summary>
internal sealed record ForecastView(DateTimeOffset End, double SpreadSeconds);
