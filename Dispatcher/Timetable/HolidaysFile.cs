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
            new("holidays", new MapValue(new TextValue("a date like 2026-12-25", Date()), TextValue.Any), "Dates and names.",
                Required: true),
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
    public Holidays? Find(string name)
    {
        if (_read.TryGetValue(name, out Holidays? found)) return found;
        string path = Path.Combine(folder, name + ".yaml");
        if (!File.Exists(path)) return null;
        var file = YamlFile.Read(path);
        if (file.Mistakes.Count == 0) Keys.Check(file, file.Root, name);
        Dictionary<DateOnly, string> dates = [];
        foreach ((YamlNode day, YamlNode text) in file.Root.Group("holidays").Entries())
        {
            if (DateOnly.TryParseExact(day.ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
                dates[date] = text.ToString();
            else if (Date().IsMatch(day.ToString())) file.Wrong(day, $"There is no date '{day}'.");
        }

        IReadOnlyCollection<DayOfWeek> weekend = file.Root.Has("weekend")
            ? DateRules.Weekdays(file.Root.Items("weekend").Select(item => item.Value ?? ""))
            : Holidays.None.Weekend;
        if (weekend.Count == 7) file.Wrong(file.Root.Child("weekend")!, "A weekend of seven days leaves no business day.");
        _mistakes.AddRange(file.Mistakes);
        return _read[name] = new Holidays(name, weekend.Count == 7 ? Holidays.None.Weekend : weekend, dates);
    }

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Date();
}
