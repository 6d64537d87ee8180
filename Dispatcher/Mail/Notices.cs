using System.Globalization;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Reporting;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>Letters that are not about the end of one run.</summary>
internal static class Notices
{
    /// <summary>A promise is in danger: a run has not begun, or will be late.</summary>
    public static (string Subject, Draft Draft, RunRow Run) Alarm(
        RunRow run, IReadOnlyList<StepRow> steps, AlarmContent alarm, TimeZoneInfo zone, Uri? page)
    {
        string what = alarm.Kind switch
        {
            Alarms.NotStarted => "not started",
            Alarms.Late => "will be late",
            Alarms.CannotEnd => "not begun",
            Alarms.ShortOfTime => "goes the shorter way",
            Alarms.TooLong => "takes longer than usual",
            Alarms.TooShort => "was done sooner than usual",
            var other => other,
        };
        string kicker = $"{run.Pipeline} · run date {run.Slot} · revision {run.Revision} · {Moment(alarm.At, zone)}";
        string[] running = [.. steps.Where(step => step.State == StepState.Running).Select(step =>
            $"Step {step.Name} goes on{(step.Started is { } since ? $" since {Moment(since, zone)}" : "")}"
            + (step.Text is { Length: > 0 } text ? $": {text.Split('\n')[0]}" : "."))];
        string headline = (alarm.Kind, run.StartBy, run.DeliverBy) switch
        {
            (Alarms.NotStarted, { } by, _) => $"{run.Pipeline} should have begun by {Moment(by, zone)} and has not.",
            (Alarms.Late, _, { } by) =>
                $"{run.Pipeline} was promised for {Moment(by, zone)} and {(by > alarm.At ? "will not be" : "is not")} done.",
            _ => $"{run.Pipeline} {what}.",
        };
        List<DraftPart> parts = [new DraftWords("Why", [alarm.Text])];
        if (running.Length > 0) parts.Add(new DraftWords("Where it stands", running));
        parts.Add(new DraftWords("What to do", [alarm.Kind switch
        {
            Alarms.NotStarted => "Ask why it waits, and begin it by hand if that is right.",
            Alarms.CannotEnd => $"Tell whoever waits for the result. To make it all the same: dispatcher run {run.Pipeline} "
                + $"--date {run.Date:yyyy-MM-dd} --revision",
            Alarms.ShortOfTime => "Nothing, if the agreement still holds. See what took the time before.",
            Alarms.TooShort => "Look at its rows and its report before the result is used.",
            _ => "See what takes so long, and tell whoever waits for the result. You will hear once more, when the run has ended.",
        }]));
        parts.Add(Links(page, ("Why it waits", $"dispatcher why {run.Pipeline}"), ("How far it is", $"dispatcher status {run.Pipeline}"),
            ("Run id", run.Id)));
        return ($"[ALARM] {run.Pipeline} · {run.Slot} · {what}", new Draft(DraftTone.Late, "ALARM", headline, kicker, parts), run);
    }

    /// <summary>Nobody led: told by the dispatcher that came back, or by the one that only looks (<see cref="DeadMan"/>).</summary>
    public static (string Subject, Draft Draft, RunRow? Run) Absence(AbsenceContent absence, IReadOnlyList<RunRow> open, Uri? page)
    {
        bool back = absence.To is not null;
        string last = Figures.Instant(absence.From);
        string length = back ? Figures.Duration(absence.To!.Value - absence.From) : "";
        string headline = back
            ? $"The dispatcher runs again after {length}. Nobody led from {last} to {Figures.Instant(absence.To!.Value)}."
            : $"No dispatcher has led since {last}. Nothing is begun, and nobody is told of late runs.";
        List<DraftPart> parts =
        [
            new DraftWords("What to do", [back
                ? "Runs that were due in that time are caught up or skipped as their pipelines say; what is skipped has its reason."
                : "Look at the service (systemctl status dispatcher) and its log, and start it. "
                    + "What runs on clusters goes on and is found again."]),
        ];
        if (open.Count > 0)
        {
            parts.Add(new DraftTable(new ReportTable("Runs that have not ended", [new("Run"), new("State"), new("Promised (UTC)")],
                [.. open.Take(20).Select(run => new ReportRow(
                    [run.Id, run.State.Word(), run.DeliverBy is { } by ? Figures.Instant(by) : "—"]))])));
        }

        parts.Add(Links(page, ("What it did", "dispatcher history")));
        return (back ? $"[ALARM] dispatcher · was down for {length.Replace(Figures.Space, ' ')}" : "[ALARM] dispatcher · nobody leads",
            new Draft(back ? DraftTone.Late : DraftTone.Failed, "ALARM", headline, "dispatcher", parts), null);
    }

    /// <summary>The good runs of a day in one letter.</summary>
    public static (string Subject, Draft Draft, RunRow? Run) Digest(
        IReadOnlyList<(RunRow Run, RunFigures Figures)> runs, TimeZoneInfo zone, Uri? page)
    {
        long rows = runs.Sum(one => one.Figures.RowsOut ?? 0);
        string count = runs.Count == 1 ? "1 run" : string.Create(CultureInfo.InvariantCulture, $"{runs.Count} runs");
        string headline = $"{count} went well since the last digest, {Figures.Count(rows)} rows in all.";
        ReportTable table = new("Runs", [new("Pipeline"), new("Date"), new("Rows", true), new("Took", true), new("Delivered")],
            [.. runs.Select(one => new ReportRow(
            [
                one.Run.Pipeline, one.Run.Slot, one.Figures.RowsOut is { } written ? Figures.Count(written) : "—",
                Figures.Duration(one.Run.Ended!.Value - (one.Run.Started ?? one.Run.Ended.Value)),
                Moment(one.Run.Delivered ?? one.Run.Ended.Value, zone),
            ]))]);
        return ($"[OK] digest · {count} · {Figures.Count(rows)} rows",
            new Draft(DraftTone.Ok, "OK", headline, "Runs that were late, held or failed came in letters of their own.",
                [new DraftTable(table), Links(page)]), null);
    }

    /// <summary>What a pipeline says in its own words.</summary>
    public static (string Subject, Draft Draft, RunRow Run) Words(RunRow run, WordsContent words, Uri? page)
    {
        string subject = words.Subject ?? $"[NOTE] {run.Pipeline} · {run.Slot}";
        string[] sentences = (words.Text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return (subject, new Draft(DraftTone.Plain, "NOTE", words.Subject ?? $"{run.Pipeline} goes on",
            $"{run.Pipeline} · run date {run.Slot} · revision {run.Revision}",
            [.. sentences.Length > 0 ? new DraftPart[] { new DraftWords(null, sentences) } : [], Links(page, ("Run id", run.Id))]), run);
    }

    /// <summary>That letters arrive.</summary>
    public static (string Subject, Draft Draft) Trial(string dispatcher, DateTimeOffset now, Uri? page) => ("[NOTE] dispatcher · trial",
        new Draft(DraftTone.Plain, "NOTE", $"Letters of {dispatcher} arrive.", $"dispatcher · {Figures.Instant(now)}",
            [new DraftWords(null, ["Somebody asked for this trial. No run is the reason."]), Links(page)]));

    private static DraftLinks Links(Uri? page, params IReadOnlyList<(string Label, string Target)> more) =>
        new(page is null ? more : [("Page", page.ToString()), .. more]);

    private static string Moment(DateTimeOffset instant, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(instant, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + $" ({zone.Id})";
}
