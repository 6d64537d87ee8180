namespace BatchScoring.Dispatcher.Timetable;

/// <summary>Due at one local time on the dates that a rule names.</summary>
internal sealed class CalendarSchedule(TimeOnly at, DateRule rule, Holidays holidays, OnHoliday onHoliday, TimeZoneInfo zone)
    : Schedule(zone)
{
    public override string Text { get; } =
        $"{at:HH:mm} {rule.Text}{(onHoliday == OnHoliday.Run ? "" : $", holidays: {OnHolidays.Word(onHoliday)}")} {zone.Id}";

    public override TimeOnly? OnceADateAt => at;

    public override Holidays? Calendar => holidays;

    protected override bool FiresInBothPasses => false;

    /// <summary>A calendar that nobody has carried on has business days only.</summary>
    public override string? Note(Firing firing) => base.Note(firing) ?? (holidays.LastYear < firing.Date.Year
        ? $"the calendar {holidays.Name} lists no holiday after {holidays.LastYear}"
        : null);

    protected override IEnumerable<DateTime> WallTimes(DateTime from)
    {
        for (var date = DateOnly.FromDateTime(from); date.Year < 9990; date = date.AddDays(1))
            if (IsDue(date) && date.ToDateTime(at) >= from) yield return date.ToDateTime(at);
    }

    private bool IsDue(DateOnly date) =>
        rule.Fits(date, holidays) && (onHoliday == OnHoliday.Run || !rule.IsInTheWay(date, holidays))
        || onHoliday == OnHoliday.NextBusinessDay && holidays.IsBusinessDay(date) && IsMovedTo(date);

    /// <summary>True for a business day to which a date since the one before was moved.</summary>
    private bool IsMovedTo(DateOnly date)
    {
        for (DateOnly earlier = date.AddDays(-1); !holidays.IsBusinessDay(earlier); earlier = earlier.AddDays(-1))
            if (rule.Fits(earlier, holidays) && rule.IsInTheWay(earlier, holidays)) return true;
        return false;
    }
}

/// <summary>What happens to a date that is a holiday.</summary>
internal enum OnHoliday
{
    Run,
    Skip,
    NextBusinessDay,
}

/// <summary>How files write it.</summary>
internal static class OnHolidays
{
    public static IReadOnlyList<string> Words { get; } = ["run", "skip", "next-business-day"];

    public static string Word(OnHoliday value) => Words[(int)value];
}
