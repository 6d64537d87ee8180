using System.Globalization;

namespace BatchScoring.Tests.Dispatch.Timetable;

/// <summary>
/// A cron expression of five fields as its manual describes it, minute by minute: slow, short, and without anything of the product.
/// Both day fields must fit. Numbers, lists, ranges, steps and *.
/// </summary>
internal sealed class SlowCron
{
    private readonly bool[] _minutes;
    private readonly bool[] _hours;
    private readonly bool[] _days;
    private readonly bool[] _months;
    private readonly bool[] _weekdays;

    public SlowCron(string text)
    {
        Text = text;
        string[] fields = text.Split(' ');
        _minutes = Field(fields[0], 0, 59);
        _hours = Field(fields[1], 0, 23);
        _days = Field(fields[2], 1, 31);
        _months = Field(fields[3], 1, 12);
        _weekdays = Field(fields[4], 0, 7);
        _weekdays[0] |= _weekdays[7];
        SetsBothDays = fields[2] != "*" && fields[4] != "*";
        IsInterval = (fields[0] + fields[1]).IndexOfAny(['*', '-', '/']) >= 0;
    }

    public string Text { get; }

    public bool IsInterval { get; }

    public bool SetsBothDays { get; }

    public bool Fits(DateTime wall) =>
        _minutes[wall.Minute] && _hours[wall.Hour] && _days[wall.Day] && _months[wall.Month] && _weekdays[(int)wall.DayOfWeek];

    private static bool[] Field(string text, int least, int most)
    {
        bool[] fits = new bool[most + 1];
        foreach (string part in text.Split(','))
        {
            string[] span = part.Split('/');
            string[] ends = span[0] == "*" ? [$"{least}", $"{most}"] : span[0].Split('-');
            int from = int.Parse(ends[0], CultureInfo.InvariantCulture);
            int to = int.Parse(ends[^1], CultureInfo.InvariantCulture);
            if (span.Length == 2 && ends.Length == 1) to = most;
            int step = span.Length == 2 ? int.Parse(span[1], CultureInfo.InvariantCulture) : 1;
            for (int value = from; value <= to; value += step) fits[value] = true;
        }

        return fits;
    }
}
