using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>What was agreed beforehand for runs that have too little time. Without enough earlier runs nothing is foretold or changed.</summary>
internal static class BatchWindow
{
    /// <summary>Why a run is not to be begun: even the quickest of earlier runs would end too late. Null: begin it.</summary>
    public static string? WhyHopeless(LedgerSql sql, Pipeline pipeline, RunRow run, DateTimeOffset now)
    {
        if (!pipeline.Window.SkipsHopeless || run.DeliverBy is not { } promise) return null;
        if (promise <= now) return $"not begun: it was promised for {Moment.Text(promise, pipeline)}, which is over (cannot_end: skip)";
        return Forecast.Of(sql, pipeline, run, now) is { } forecast && forecast.Earliest > promise
            ? $"not begun: it was promised for {Moment.Text(promise, pipeline)}, and the quickest of earlier runs would end at "
                + $"{Moment.Text(forecast.Earliest, pipeline)} (cannot_end: skip)"
            : null;
    }

    /// <summary>Why a run is to go the shorter way from here on; null: there is none, it goes it already, or there is time.</summary>
    public static string? WhyShort(LedgerSql sql, Pipeline pipeline, RunRow run, DateTimeOffset now)
    {
        if (pipeline.Window.WhenShort is not { } shorter || run is not { DeliverBy: { } promise, Short: null, Cancel: null }) return null;
        if (Forecast.Of(sql, pipeline, run, now) is not { } forecast || forecast.End <= promise) return null;
        string how = shorter.Count == 0 ? "" : ": " + string.Join(", ", shorter.Select(pair => $"{pair.Key}={pair.Value}"));
        return $"The usual way would end at {Moment.Text(forecast.End, pipeline)}, and {Moment.Text(promise, pipeline)} was promised. "
            + $"It goes the shorter way that was agreed{how}.";
    }
}
