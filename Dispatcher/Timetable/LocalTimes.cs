namespace BatchScoring.Dispatcher.Timetable;

/// <summary>
/// Local times as instants. <see cref="TimeZoneInfo"/> is asked only for the offset of an instant: the other way round it is wrong in years
/// whose base offset differs from today's (dotnet/runtime#114476).
/// </summary>
internal static class LocalTimes
{
    /// <summary>Further than any offset is from another.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromHours(26);

    /// <summary>
    /// The instants at which the clock shows a time: one, or two of a repeated hour, the earlier first. A time that the clock leaves out
    /// has one as well: the first that is valid after it.
    /// </summary>
    public static IReadOnlyList<DateTimeOffset> Instants(TimeZoneInfo zone, DateTime wall)
    {
        var clock = new DateTimeOffset(wall.Ticks, TimeSpan.Zero);
        TimeSpan before = Offset(zone, clock - Apart), after = Offset(zone, clock + Apart);
        DateTimeOffset early = clock - before, late = clock - after;
        TimeSpan atEarly = Offset(zone, early), atLate = Offset(zone, late);
        if (before == after && atEarly == before) return [new DateTimeOffset(wall.Ticks, before)];
        DateTimeOffset[] valid =
        [
            .. new[] { before, after, atEarly, atLate }.Distinct().Where(offset => Offset(zone, clock - offset) == offset)
                .Select(offset => new DateTimeOffset(wall.Ticks, offset)).Order(),
        ];
        return valid.Length > 0 ? valid : [EndOfGap(zone, clock)];
    }

    /// <summary>The first of <see cref="Instants"/>, for a time after local midnight of a date, which may lie beyond 24 hours.</summary>
    public static DateTimeOffset Instant(TimeZoneInfo zone, DateOnly date, TimeSpan afterMidnight) =>
        Instants(zone, date.ToDateTime(TimeOnly.MinValue) + afterMidnight)[0];

    /// <summary>No instant after this one has an earlier time on the clock, nor one that is left out before it.</summary>
    public static DateTime EarliestAfter(TimeZoneInfo zone, DateTimeOffset instant)
    {
        TimeSpan lowest = new[] { instant - Apart, instant, instant + Apart }.Min(at => Offset(zone, at));
        return DateTime.SpecifyKind(instant.UtcDateTime + lowest, DateTimeKind.Unspecified);
    }

    private static TimeSpan Offset(TimeZoneInfo zone, DateTimeOffset instant) => zone.GetUtcOffset(instant);

    /// <summary>Where the clock jumps over a time that it never shows.</summary>
    private static DateTimeOffset EndOfGap(TimeZoneInfo zone, DateTimeOffset clock)
    {
        long low = (clock - Apart).ToUnixTimeSeconds(), high = (clock + Apart).ToUnixTimeSeconds();
        while (high - low > 1)
        {
            long middle = low + ((high - low) / 2);
            var instant = DateTimeOffset.FromUnixTimeSeconds(middle);
            if (instant + Offset(zone, instant) > clock) high = middle;
            else low = middle;
        }

        var first = DateTimeOffset.FromUnixTimeSeconds(high);
        return first.ToOffset(Offset(zone, first));
    }
}
