using System.Globalization;
using System.Text.RegularExpressions;
using BatchScoring.Dispatcher.Timetable.Yaml;
using YamlDotNet.RepresentationModel;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>Reads calendars/NAME.yaml; each file once.</summary>
internal sealed partial class HolidaysFile(string folder)
{
    private static readonly KeysValue Keys = new(
        [
            new("weekend", PipelineKeys.Weekdays, "Days of the week without business; [sat, sun] if not said."),
            new("holidays", new MapValue(new TextValue("a date like 2026-12-25", Date()), TextValue.Any), "Dates and names."),
            new("file", new TextValue("the name of an .ics file", Ics()),
                "An iCalendar file beside this one: its all-day events are holidays too."),
        ],
        "a calendar");

    private readonly Dictionary<string, Holidays> _read = new(StringComparer.Ordinal);
    private readonly List<Mistake> _mistakes = [];

    /// <summary>What is wrong in the files read so far.</summary>
    public IReadOnlyList<Mistake> Mistakes => _mistakes;

    /// <summary>The names there are.</summary>
    public IEnumerable<string> Names => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateFiles(folder, "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    /// <summary>A calendar, or null where there is no such file.</summary>
    public Holidays? Find(string calendar)
    {
        if (_read.TryGetValue(calendar, out Holidays? found)) return found;
        string path = Path.Combine(folder, calendar + ".yaml");
        if (!File.Exists(path)) return null;
        var file = YamlFile.Read(path);
        if (file.Mistakes.Count == 0) Keys.Check(file, file.Root, calendar);
        Dictionary<DateOnly, string> dates = [];
        foreach ((YamlNode day, YamlNode text) in file.Root.Group("holidays").Entries())
        {
            if (DateOnly.TryParseExact(day.ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
                dates[date] = text.ToString();
            else if (Date().IsMatch(day.ToString())) file.Wrong(day, $"There is no date '{day}'.");
        }

        if (file.Mistakes.Count == 0 && !file.Root.Has("holidays") && !file.Root.Has("file"))
            file.Wrong(file.Root, "A calendar has 'holidays', dates and names, or a 'file', the name of an .ics file.");
        DateOnly? last = dates.Keys.Select(date => (DateOnly?)date).Max();
        if (file.Root.Text("file") is { } name && Ics().IsMatch(name)) last = Import(file, name, dates, last);
        IReadOnlyCollection<DayOfWeek> weekend = file.Root.Has("weekend")
            ? DateRules.Weekdays(file.Root.Items("weekend").Select(item => item.Value ?? ""))
            : Holidays.None.Weekend;
        if (weekend.Count == 7) file.Wrong(file.Root.Child("weekend")!, "A weekend of seven days leaves no business day.");
        _mistakes.AddRange(file.Mistakes);
        return _read[calendar] = new Holidays(calendar, weekend.Count == 7 ? Holidays.None.Weekend : weekend, dates)
        {
            LastYear = last?.Year,
        };
    }

    /// <summary>Adds the dates of an .ics file; the list's own names go before its.</summary>
    /// <returns>The last date that stands in one of the two.</returns>
    private DateOnly? Import(YamlFile file, string name, Dictionary<DateOnly, string> dates, DateOnly? last)
    {
        string path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            file.Wrong(file.Root.Child("file")!, $"There is no file {path}.");
            return last;
        }

        var events = IcsFile.Read(path);
        _mistakes.AddRange(events.Mistakes);
        foreach ((DateOnly date, string text) in events.Dates) dates.TryAdd(date, text);
        return last > events.LastListed ? last : events.LastListed ?? last;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*\.ics$", RegexOptions.None, 1000)]
    private static partial Regex Ics();

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Date();
}
