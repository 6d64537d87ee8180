namespace BatchScoring.Dispatcher.Timetable;

/// <summary>Which dates a pipeline runs on, in words.</summary>
internal abstract class DateRule(string text)
{
    /// <summary>What a person wrote.</summary>
    public string Text { get; } = text;

    /// <summary>True for rules that name business days only: a holiday is never in their way.</summary>
    public virtual bool BusinessDaysOnly => false;

    /// <summary>True for a date of the rule.</summary>
    public abstract bool Fits(DateOnly date, Holidays holidays);

    /// <summary>True where <c>on_holiday</c> decides what happens on a date of the rule.</summary>
    public virtual bool IsInTheWay(DateOnly date, Holidays holidays) => holidays.IsHoliday(date);
}

/// <summary>Every day, or some days of the week.</summary>
internal sealed class WeekdayRule(string text, IReadOnlyCollection<DayOfWeek> days) : DateRule(text)
{
    public override bool Fits(DateOnly date, Holidays holidays) => days.Contains(date.DayOfWeek);
}

/// <summary>A day of the month; months without it have none.</summary>
internal sealed class MonthDayRule(string text, int day) : DateRule(text)
{
    public override bool Fits(DateOnly date, Holidays holidays) => date.Day == day;

    /// <summary>Whoever names a day of the month does not know its weekday, so a weekend is in the way as well.</summary>
    public override bool IsInTheWay(DateOnly date, Holidays holidays) => !holidays.IsBusinessDay(date);
}

/// <summary>All business days, or the first or last of each month.</summary>
internal sealed class BusinessDayRule(string text, BusinessDays which) : DateRule(text)
{
    public override bool BusinessDaysOnly => true;

    public override bool Fits(DateOnly date, Holidays holidays) => holidays.IsBusinessDay(date) && which switch
    {
        BusinessDays.FirstOfMonth => NoneBetween(new DateOnly(date.Year, date.Month, 1), date, holidays),
        BusinessDays.LastOfMonth => NoneBetween(date.AddDays(1), new DateOnly(date.Year, date.Month, 1).AddMonths(1), holidays),
        _ => true,
    };

    private static bool NoneBetween(DateOnly from, DateOnly before, Holidays holidays)
    {
        for (DateOnly date = from; date < before; date = date.AddDays(1))
            if (holidays.IsBusinessDay(date)) return false;
        return true;
    }
}

/// <summary>Which business days of a month.</summary>
internal enum BusinessDays
{
    All,
    FirstOfMonth,
    LastOfMonth,
}
