namespace BatchScoring.Dispatcher.Timetable;

/// <summary>A bank's calendar: its weekend and its holidays.</summary>
/// <param name="Name">The file's name without its ending; empty for the one that holds only Saturdays and Sundays.</param>
/// <param name="Weekend">Days of the week without business.</param>
/// <param name="Dates">Further dates without business, with their names.</param>
internal sealed record Holidays(string Name, IReadOnlyCollection<DayOfWeek> Weekend, IReadOnlyDictionary<DateOnly, string> Dates)
{
    /// <summary>Saturdays and Sundays, no holidays.</summary>
    public static Holidays None { get; } = new("", [DayOfWeek.Saturday, DayOfWeek.Sunday], new Dictionary<DateOnly, string>());

    /// <summary>Beyond the end of this year nobody has entered a holiday; null where there are none at all.</summary>
    public int? LastYear { get; init; } = Dates.Count == 0 ? null : Dates.Keys.Max().Year;

    public bool IsHoliday(DateOnly date) => Dates.ContainsKey(date);

    public bool IsBusinessDay(DateOnly date) => !Weekend.Contains(date.DayOfWeek) && !Dates.ContainsKey(date);
}
