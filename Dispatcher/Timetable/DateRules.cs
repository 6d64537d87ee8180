using System.Globalization;
using System.Text.RegularExpressions;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>Reads the words for dates.</summary>
internal static partial class DateRules
{
    private static readonly Dictionary<string, DayOfWeek> Days = new(StringComparer.Ordinal)
    {
        ["mon"] = DayOfWeek.Monday,
        ["tue"] = DayOfWeek.Tuesday,
        ["wed"] = DayOfWeek.Wednesday,
        ["thu"] = DayOfWeek.Thursday,
        ["fri"] = DayOfWeek.Friday,
        ["sat"] = DayOfWeek.Saturday,
        ["sun"] = DayOfWeek.Sunday,
    };

    /// <summary>The rule that words name, or null where they name none.</summary>
    public static DateRule? Parse(string words) => words switch
    {
        "every-day" => new WeekdayRule(words, Days.Values),
        "business-days" => new BusinessDayRule(words, BusinessDays.All),
        "first-business-day" => new BusinessDayRule(words, BusinessDays.FirstOfMonth),
        "last-business-day" => new BusinessDayRule(words, BusinessDays.LastOfMonth),
        _ when MonthDay().Match(words) is { Success: true } match =>
            new MonthDayRule(words, int.Parse(match.Groups["day"].Value, CultureInfo.InvariantCulture)),
        _ => null,
    };

    /// <summary>The rule of a list of days.</summary>
    public static DateRule Parse(IReadOnlyCollection<string> days) => new WeekdayRule(string.Join(", ", days), Weekdays(days));

    /// <summary>The days that names stand for; a name that is none is left out.</summary>
    public static IReadOnlyCollection<DayOfWeek> Weekdays(IEnumerable<string> names) =>
        [.. names.Where(Days.ContainsKey).Select(name => Days[name]).Distinct()];

    [GeneratedRegex("^(every-day|business-days|first-business-day|last-business-day)$", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex Words();

    [GeneratedRegex("^day-of-month (?<day>[1-9]|[12][0-9]|3[01])$", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex MonthDay();
}
