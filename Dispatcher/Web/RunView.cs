using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Web;

/// <summary>All that is known of a run.</summary>
internal sealed record RunView(
    RunRow Run, IReadOnlyList<StepView> Steps, ForecastView? Forecast, IReadOnlyList<AlarmView> Alarms, IReadOnlyList<AuditView> Audit,
    IReadOnlyList<RunRow> Revisions);

internal sealed record StepView(StepRow Step, IReadOnlyList<AttemptView> Attempts);

/// <summary>An attempt of a step.</summary>
/// <param name="Handle">What the work is called where it runs.</param>
internal sealed record AttemptView(
    int Attempt, long Fence, string State, DateTimeOffset Started, DateTimeOffset? Ended, string? Handle, double? Share, string? Code,
    string? Text);

internal sealed record AlarmView(string Run, string Kind, DateTimeOffset Raised, string Text);

/// <summary>Who did what, and why.</summary>
internal sealed record AuditView(DateTimeOffset At, string Who, string What, string? Pipeline, string? Run, string? Reason);
