namespace BatchScoring.Tests.Dispatch.Timetable;

/// <summary>What the clocks of a zone show in the minutes of a span, walked one by one.</summary>
internal sealed class ZoneMinutes
{
    private static readonly TimeSpan Around = TimeSpan.FromHours(28);

    /// <summary>Walked before, so that a minute that comes a second time is known.</summary>
    private static readonly TimeSpan Earlier = TimeSpan.FromHours(50);

    private readonly List<(DateTimeOffset Instant, DateTime Wall, bool SeenBefore)> _minutes = [];
    private readonly List<(DateTimeOffset Instant, List<DateTime> LeftOut)> _jumps = [];

    /// <summary>Those around a change.</summary>
    public ZoneMinutes(TimeZoneInfo zone, DateTimeOffset change)
        : this(zone, change - Around, change + Around)
    {
    }

    public ZoneMinutes(TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset until)
    {
        From = from;
        Until = until;
        HashSet<DateTime> seen = [];
        DateTime? last = null;
        for (DateTimeOffset instant = From - Earlier; instant <= Until; instant = instant.AddMinutes(1))
        {
            DateTime wall = instant.UtcDateTime + zone.GetUtcOffset(instant);
            List<DateTime> leftOut = [];
            for (DateTime? jumped = last?.AddMinutes(1); jumped < wall; jumped = jumped.Value.AddMinutes(1))
                if (seen.Add(jumped.Value)) leftOut.Add(jumped.Value);
            bool seenBefore = !seen.Add(wall);
            last = wall;
            if (instant <= From) continue;
            if (leftOut.Count > 0) _jumps.Add((instant, leftOut));
            _minutes.Add((instant, wall, seenBefore));
        }
    }

    public DateTimeOffset From { get; }

    public DateTimeOffset Until { get; }

    /// <summary>When an expression is due: what is left out comes right after it, what comes twice as the expression's form says.</summary>
    public List<DateTimeOffset> Due(SlowCron cron)
    {
        List<DateTimeOffset> due =
            [.. _minutes.Where(m => cron.Fits(m.Wall) && (cron.IsInterval || !m.SeenBefore)).Select(m => m.Instant)];
        foreach ((DateTimeOffset instant, List<DateTime> leftOut) in _jumps)
            if (!due.Contains(instant) && leftOut.Exists(cron.Fits)) due.Add(instant);
        due.Sort();
        return due;
    }

    /// <summary>The changes of a zone's offset between the years 2000 and 2037.</summary>
    public static IEnumerable<DateTimeOffset> Changes(TimeZoneInfo zone)
    {
        var step = TimeSpan.FromHours(6);
        DateTimeOffset end = new(2038, 1, 1, 0, 0, 0, TimeSpan.Zero);
        TimeSpan offset = zone.GetUtcOffset(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));
        for (DateTimeOffset at = new(2000, 1, 1, 6, 0, 0, TimeSpan.Zero); at < end; at += step)
        {
            TimeSpan now = zone.GetUtcOffset(at);
            if (now == offset) continue;
            DateTimeOffset minute = at;
            while (zone.GetUtcOffset(minute.AddMinutes(-1)) == now) minute = minute.AddMinutes(-1);
            yield return minute;
            offset = now;
        }
    }
}
