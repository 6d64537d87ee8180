using Cronos;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>
/// Due by a cron expression. Cronos reads it and lists times on the clock, forwards only; what a changed clock does to them is decided by
/// <see cref="Schedule"/>.
/// </summary>
internal sealed class CronSchedule : Schedule
{
    private const string Five = "minute, hour, day of month, month, day of week";

    private readonly IReadOnlyList<CronExpression> _either;
    private readonly bool _interval;

    private CronSchedule(string text, TimeZoneInfo zone, IReadOnlyList<CronExpression> either, bool interval, TimeOnly? once) : base(zone)
    {
        Text = $"{text} {zone.Id}";
        _either = either;
        _interval = interval;
        OnceADateAt = once;
    }

    public override string Text { get; }

    public override TimeOnly? OnceADateAt { get; }

    protected override bool FiresInBothPasses => _interval;

    /// <summary>Reads an expression.</summary>
    /// <param name="text">Five fields, or six with <paramref name="seconds"/>.</param>
    /// <param name="seconds">The first field is seconds.</param>
    /// <param name="days"><c>and</c> or <c>or</c>: how the two day fields go together where both are set; else null.</param>
    /// <param name="zone">The zone of its times.</param>
    /// <exception cref="FormatException">It cannot be read, could be read in two ways, or is never due.</exception>
    public static CronSchedule Parse(string text, bool seconds, string? days, TimeZoneInfo zone)
    {
        string[] fields = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        int wanted = seconds ? 6 : 5;
        if (fields.Length != wanted) throw new FormatException(WrongCount(text, fields.Length, wanted));
        string[] times = seconds ? fields[..3] : ["0", .. fields[..2]];
        string[] dates = fields[^3..];
        bool bothDays = IsSet(dates[0]) && IsSet(dates[2]);
        if (bothDays && days is null)
        {
            throw new FormatException($"'{text}' sets both the day of the month ({dates[0]}) and the day of the week ({dates[2]}), which " +
                "cron programs read in two ways. Say 'days: and' (both must fit) or 'days: or' (one is enough).");
        }

        if (!bothDays && days is not null)
            throw new FormatException($"'days: {days}' says nothing here: '{text}' does not set both day fields. Leave it out.");
        IReadOnlyList<CronExpression> either = bothDays && days == "or"
            ? [Read(times, [dates[0], dates[1], "*"], text), Read(times, ["*", dates[1], dates[2]], text)]
            : [Read(times, dates, text)];
        bool interval = times[1..].Any(field => field.AsSpan().ContainsAny('*', '-', '/'));
        var read = new CronSchedule(text, zone, either, interval, interval ? null : OnlyTime(times, text));
        return read.WallTimes(new DateTime(2000, 1, 1)).Any()
            ? read
            : throw new FormatException($"'{text}' is never due: no date has day {dates[0]}, month {dates[1]}, weekday {dates[2]}.");
    }

    protected override IEnumerable<DateTime> WallTimes(DateTime from)
    {
        var at = DateTime.SpecifyKind(from, DateTimeKind.Utc);
        for (bool inclusive = true; Next(at, inclusive) is { } next; inclusive = false)
        {
            yield return DateTime.SpecifyKind(next, DateTimeKind.Unspecified);
            at = next;
        }
    }

    private DateTime? Next(DateTime at, bool inclusive) =>
        _either.Min(expression => expression.GetNextOccurrence(at, TimeZoneInfo.Utc, inclusive));

    private static bool IsSet(string field) => field is not ("*" or "?");

    private static CronExpression Read(string[] times, string[] dates, string text)
    {
        try
        {
            return CronExpression.Parse(string.Join(' ', [.. times, .. dates]), CronFormat.IncludeSeconds);
        }
        catch (Exception e) when (e is CronFormatException or MissingSeedException)
        {
            throw new FormatException($"'{text}' is no cron expression: {e.Message}", e);
        }
    }

    /// <summary>The time of day, where there is only one.</summary>
    private static TimeOnly? OnlyTime(string[] times, string text)
    {
        var day = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        DateTime[] first = [.. Read(times, ["*", "*", "*"], text).GetOccurrences(day, day.AddDays(1), TimeZoneInfo.Utc).Take(2)];
        return first.Length == 1 ? TimeOnly.FromDateTime(first[0]) : null;
    }

    private static string WrongCount(string text, int found, int wanted) => (found, wanted) switch
    {
        (1, _) when text.StartsWith('@') => $"'{text}' is a short name that programs read differently: write its {wanted} fields.",
        (6, 5) => $"'{text}' has 6 fields. Five are {Five}; if the first is seconds, say 'seconds: true'.",
        (5, 6) => $"'{text}' has 5 fields, and 'seconds: true' asks for 6: second, {Five}.",
        _ => $"'{text}' has {found} fields; it must have {wanted}: {(wanted == 6 ? "second, " : "")}{Five}.",
    };
}
