using System.Globalization;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>An event of an .ics file, as a holiday.</summary>
/// <param name="begins">The line of its BEGIN.</param>
internal sealed class IcsEvent(int begins)
{
    /// <summary>Rules that name no end are followed as far as run dates go.</summary>
    private const int LastYear = 2199;

    private const int MostDays = 31;

    private readonly Dictionary<string, IcsLine> _lines = new(StringComparer.Ordinal);
    private readonly List<(int Line, string Text)> _wrong = [];
    private readonly HashSet<DateOnly> _except = [];
    private DateOnly? _first;
    private int _days = 1;
    private IcsYearly? _rule;

    public string Summary => Text("SUMMARY") is { Length: > 0 } name
        ? name.Replace("\\n", " ", StringComparison.OrdinalIgnoreCase).Replace("\\", "", StringComparison.Ordinal)
        : "holiday";

    public bool IsCancelled => Text("STATUS") == "CANCELLED";

    public bool IsEndless => _rule is { IsEndless: true };

    public void Add(IcsLine line)
    {
        if (line.Name == "EXDATE") foreach (string date in line.Value.Split(',')) _except.Add(Day(line, date) ?? default);
        else if (line.Name is "RDATE" or "RECURRENCE-ID" or "EXRULE")
            Wrong(line, $"{line.Name} is not understood: write such a date as an event.");
        else if (!_lines.TryAdd(line.Name, line) && line.Name is "DTSTART" or "DTEND" or "DURATION" or "RRULE")
            Wrong(line, $"{line.Name} stands twice in one event.");
    }

    /// <summary>What is wrong, when all of it was read.</summary>
    public IEnumerable<(int Line, string Text)> Mistakes()
    {
        if (!_lines.TryGetValue("DTSTART", out IcsLine? start)) return [(begins, "An event without DTSTART is on no date."), .. _wrong];
        _first = Day(start, start.Value);
        if (_first is { } first)
        {
            if (_lines.TryGetValue("DTEND", out IcsLine? end) && Day(end, end.Value) is { } until)
                Last(end, until.DayNumber - first.DayNumber);
            if (_lines.TryGetValue("DURATION", out IcsLine? span)) Last(span, Days(span.Value));
            if (_lines.TryGetValue("RRULE", out IcsLine? rule))
            {
                _rule = IcsYearly.Parse(rule.Value, first, out string? wrong);
                if (wrong is not null) Wrong(rule, wrong);
            }
        }

        return _wrong;
    }

    /// <summary>Every date without business; none where something is wrong.</summary>
    public IEnumerable<DateOnly> Dates()
    {
        if (_first is not { } first || _wrong.Count > 0) return [];
        IEnumerable<DateOnly> firsts = _rule is null ? [first] : _rule.Dates(first, LastYear);
        return firsts.Where(date => !_except.Contains(date)).SelectMany(date => Enumerable.Range(0, _days).Select(date.AddDays));
    }

    private void Last(IcsLine line, int days)
    {
        _days = Math.Max(1, days);
        if (days is < 1 or > MostDays)
        {
            Wrong(line,
                $"{line.Name} is '{line.Value}': an event lasts 1 to {MostDays} whole days, and its end is the date after its last.");
        }
    }

    private DateOnly? Day(IcsLine line, string text)
    {
        if (DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            && date.Year is >= 1970 and <= LastYear) return date;
        Wrong(line, text.Contains('T', StringComparison.Ordinal)
            ? $"{line.Name} is '{text}', a time: holidays are whole days, written 20261225."
            : $"{line.Name} is '{text}'; it must be a date like 20261225.");
        return null;
    }

    /// <summary><c>P1D</c>, <c>P2W</c>; 0 for all else.</summary>
    private static int Days(string text) =>
        text is ['P', .. var number, 'D' or 'W'] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count <= MostDays ? count * (text[^1] == 'W' ? 7 : 1) : 0;

    private string? Text(string name) => _lines.GetValueOrDefault(name)?.Value;

    private void Wrong(IcsLine line, string text) => _wrong.Add((line.Number, text));
}

/// <summary>The one rule of repetition that is understood: once a year, on a date or on the n-th of a weekday in a month.</summary>
/// <param name="Every">Each year, or each n-th.</param>
/// <param name="Weekday">With <see cref="Nth"/>: negative counts from the month's end.</param>
/// <param name="Count">How often in all, or null.</param>
/// <param name="Until">The last date, or null.</param>
internal sealed record IcsYearly(int Every, int Month, int Day, DayOfWeek? Weekday, int Nth, int? Count, DateOnly? Until)
{
    private static readonly string[] Weekdays = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    public bool IsEndless => Count is null && Until is null;

    public IEnumerable<DateOnly> Dates(DateOnly first, int lastYear)
    {
        int told = 0;
        for (int year = first.Year; year <= lastYear && (Count is not { } count || told < count); year += Every)
        {
            if (In(year) is not { } date) continue; // a 29 February
            if (date > Until) yield break;
            told++;
            yield return date;
        }
    }

    /// <param name="wrong">Why it is not understood.</param>
    public static IcsYearly? Parse(string text, DateOnly first, out string? wrong)
    {
        Dictionary<string, string> parts = new(StringComparer.Ordinal);
        wrong = $"RRULE is '{text}'; understood are FREQ=YEARLY with INTERVAL, COUNT, UNTIL, BYMONTH and one of BYMONTHDAY=25, BYDAY=4TH.";
        foreach (string part in text.Split(';'))
            if (part.Split('=') is not [{ } name, { } value] || !parts.TryAdd(name, value)) return null;
        if (!parts.Remove("FREQ", out string? frequency) || frequency != "YEARLY") return null;
        parts.Remove("WKST");
        bool fits = Number("INTERVAL", out int every) & Number("COUNT", out int count) & Number("BYMONTH", out int month)
            & Number("BYMONTHDAY", out int day);
        DateOnly? until = null;
        if (parts.Remove("UNTIL", out string? last))
        {
            fits &= DateOnly.TryParseExact(
                last.Split('T')[0], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date);
            until = date;
        }

        (DayOfWeek? weekday, int nth) = (null, 0);
        if (parts.Remove("BYDAY", out string? by))
        {
            int name = Array.IndexOf(Weekdays, by.Length > 2 ? by[^2..] : "");
            fits &= name >= 0 && month > 0 && day == 0 && int.TryParse(by.AsSpan(0, by.Length - 2), CultureInfo.InvariantCulture, out nth)
                && nth is (>= 1 and <= 5) or (>= -5 and <= -1);
            weekday = (DayOfWeek)name;
        }

        if (!fits || parts.Count > 0) return null;
        var rule = new IcsYearly(
            Math.Max(1, every), month > 0 ? month : first.Month, day > 0 ? day : first.Day, weekday, nth, count > 0 ? count : null, until);
        wrong = rule.In(first.Year) == first ? null : $"RRULE is '{text}', and DTSTART ({first:yyyyMMdd}) is none of its dates.";
        return rule;

        bool Number(string name, out int number)
        {
            number = 0;
            return !parts.Remove(name, out string? value)
                || int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is > 0 and < 1000;
        }
    }

    private DateOnly? In(int year)
    {
        if (Month > 12) return null;
        int length = DateTime.DaysInMonth(year, Month);
        if (Weekday is not { } weekday) return Day <= length ? new DateOnly(year, Month, Day) : null;
        var edge = new DateOnly(year, Month, Nth > 0 ? 1 : length);
        int away = Nth > 0
            ? ((weekday - edge.DayOfWeek + 7) % 7) + (7 * (Nth - 1))
            : (7 * (Nth + 1)) - ((edge.DayOfWeek - weekday + 7) % 7);
        DateOnly date = edge.AddDays(away);
        return date.Month == Month ? date : null;
    }
}
