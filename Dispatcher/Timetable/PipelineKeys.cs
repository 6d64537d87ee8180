using BatchScoring.Dispatcher.Steps;
using BatchScoring.Dispatcher.Timetable.Yaml;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>What a pipeline file may say: from this files are checked, and the schema for editors is made.</summary>
internal static class PipelineKeys
{
    private static readonly string[] DayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>Days of the week.</summary>
    public static ListValue Weekdays { get; } = new(new WordValue(DayNames));

    public static KeysValue Schedule { get; } = new(
        [
            new("cron", new TextValue("a cron expression"), "Minute, hour, day of month, month, day of week: 30 2 * * *."),
            new("seconds", WordValue.Switch, "True: the cron expression has six fields, the first is seconds."),
            new("days", new WordValue(["and", "or"]), "How the two day fields of the cron expression go together where both are set."),
            new("at", new LocalTimeValue(MayBeLater: false), "The local time, for example \"02:30\"."),
            new("on", new EitherValue(new TextValue("every-day, business-days, first-business-day, last-business-day", DateRules.Words()),
                new TextValue("day-of-month 15", DateRules.MonthDay()), Weekdays), "The dates, with 'at'."),
            new("zone", new TextValue("a time zone like Europe/Berlin"), "The zone of every local time of the pipeline.", Required: true),
            new("calendar", Names.Pipeline, "The file in the calendars folder, without .yaml, that lists the holidays."),
            new("on_holiday", new WordValue([.. OnHolidays.Words]), "On a holiday: run (if not said), skip or next-business-day."),
        ],
        "the schedule", ["cron", "at"]);

    private static KeysValue Window { get; } = new(
        [
            new("not_before", new LocalTimeValue(MayBeLater: true), "No step begins earlier."),
            new("start_by", new LocalTimeValue(MayBeLater: true), "An alarm goes out when no step has begun by then."),
            new("deliver_by", new LocalTimeValue(MayBeLater: true), "The run is late when it has not ended by then."),
            new("when_short", new MapValue(Names.Parameter, TextValue.Any),
                "A shorter way that was agreed: these parameters replace the pipeline's when the usual way would end after deliver_by."),
            new("cannot_end", new WordValue(["begin", "skip"]),
                "A run that even the quickest of earlier runs would not end by deliver_by: begin it (if not said), or skip it and tell."),
        ],
        "the window");

    private static KeysValue Retries { get; } = new(
        [
            new("count", new NumberValue((0, 20)), "How often it is tried again.", Required: true),
            new("wait", new DurationValue(), "How long after a failure, at first; it doubles each time up to an hour. 1m if not said."),
        ],
        "the retries");

    /// <summary>The keys of a step that are not its kind.</summary>
    private static IReadOnlyList<FileKey> StepKeys { get; } =
    [
        new("name", Names.Step, "Unique in the pipeline.", Required: true),
        new("after", new ListValue(Names.Step, OneIsEnough: true),
            "Steps that must have ended before. If not said: the step above; with 'when' failure or always, all above. []: none."),
        new("when", new WordValue(["success", "failure", "always"]),
            "success (if not said): all steps before succeeded. failure: a step of the run failed. always: whatever happens."),
        new("if", new TextValue("a condition like score.rows > 0"), "A further condition on what steps before have answered."),
        new("deadline", new DurationValue(), "How long one attempt may take."),
        new("retries", Retries, "How often a failed attempt is made again."),
    ];

    /// <summary>A whole file.</summary>
    public static KeysValue File(IReadOnlyCollection<StepKindInfo> kinds, IReadOnlyCollection<string> hosts) => new(
        [
            new("description", TextValue.Any, "One sentence for people."),
            new("schedule", Schedule, "When it is due. Without it: only when somebody asks."),
            new("window", Window, "What was promised, as local times of the run's date."),
            new("catch_up", new EitherValue(new WordValue(["none", "last"]), new NumberValue((1, 1000))),
                "How many missed firings run after the dispatcher was away: none, last (if not said), or at most this many."),
            new("overlap", new WordValue(["skip", "queue"]), "A firing while an earlier run goes on: skip, or queue (if not said)."),
            new("parameters", new MapValue(Names.Parameter, TextValue.Any), "Names and values that texts of steps may use as {name}."),
            new("mail", new ListValue(MailReader.Group), "Who hears of its ends."),
            new("steps", new ListValue(Step(kinds, hosts)), "What it does.", Required: true),
        ],
        "a pipeline");

    private static KeysValue Step(IReadOnlyCollection<StepKindInfo> kinds, IReadOnlyCollection<string> hosts)
    {
        return new KeysValue(
            [.. StepKeys, .. kinds.Select(kind => new FileKey(kind.Name, Settings(kind), kind.Description))], "a step",
            [.. kinds.Select(kind => kind.Name)]);

        KeysValue Settings(StepKindInfo kind) => new(
            [.. kind.Keys.Select(key => new FileKey(key.Name, Value(key.Type, hosts), key.Description, key.Required))], $"'{kind.Name}'");
    }

    private static FileValue Value(StepKeyType type, IReadOnlyCollection<string> hosts) => type switch
    {
        StepKeyType.Text => TextValue.Any,
        StepKeyType.Number => new NumberValue(),
        StepKeyType.Switch => WordValue.Switch,
        StepKeyType.Duration => new DurationValue(),
        StepKeyType.Texts or StepKeyType.Command => new ListValue(TextValue.Any, OneIsEnough: true),
        StepKeyType.Map => new MapValue(TextValue.Any, TextValue.Any),
        StepKeyType.Host => new WordValue(hosts, "the name of a host of dispatcher.yaml, which has none"),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such type of key."),
    };
}
