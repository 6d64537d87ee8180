using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Web;

/// <summary>A pipeline's dates and steps.</summary>
/// <param name="Reasons">Why it has not run.</param>
/// <param name="Runs">Newest first.</param>
/// <param name="Older">The date from which the next page goes back, or null.</param>
/// <param name="Newer">The date from which the page before goes back, or null.</param>
/// <param name="MedianSeconds">What good runs take.</param>
/// <param name="Year">Every run of the last year, oldest first.</param>
internal sealed record PipelineView(
    PipelineLine Line, IReadOnlyList<string> Reasons, IReadOnlyList<string> Steps, IReadOnlyList<RunColumn> Runs, DateOnly? Older,
    DateOnly? Newer, double? MedianSeconds, IReadOnlyList<DayView> Year);

/// <summary>A run and its steps.</summary>
internal sealed record RunColumn(RunRow Run, IReadOnlyList<StepRow> Steps);

/// <summary>A date of the year: the worst that happened; null: planned.</summary>
internal sealed record DayView(DateOnly Date, RunState? State);
