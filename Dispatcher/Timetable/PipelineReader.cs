using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BatchScoring.Dispatcher.Mail;
using BatchScoring.Dispatcher.Timetable.Yaml;
using BatchScoring.Hosting;
using YamlDotNet.RepresentationModel;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>Makes a pipeline of a file, or notes everything that is wrong there.</summary>
internal sealed class PipelineReader(PipelineRules rules, HolidaysFile calendars)
{
    private readonly KeysValue _keys = PipelineKeys.File(rules.Kinds, rules.Hosts);

    /// <summary>The pipeline, or null where the file has a mistake.</summary>
    public Pipeline? Read(YamlFile file)
    {
        string name = Path.GetFileNameWithoutExtension(file.Path);
        if (!Names.Pipeline.Pattern!.IsMatch(name))
            file.Wrong(file.Root, $"The file's name is the pipeline's: '{name}' must be {Names.Pipeline.Expected}.");
        if (file.Mistakes.Count > 0 && file.Root.Children.Count == 0) return null;
        _keys.Check(file, file.Root, name);
        YamlMappingNode root = file.Root;
        Schedule? schedule = root.Group("schedule") is { } words ? new ScheduleReader(file, words, calendars).Read() : null;
        Window window = WindowOf(root.Group("window"));
        CheckWindow(file, window, schedule);
        var parameters = root.Group("parameters").Entries()
            .ToDictionary(entry => entry.Name.ToString(), entry => entry.Value.ToString(), StringComparer.Ordinal);
        var steps = new StepsReader(file, rules.Kinds, parameters.Keys);
        if (root.Group("parameters") is { } group) CheckParameters(file, group, steps);
        CheckShorterWay(file, root.Group("window"), parameters.Keys, steps);
        IReadOnlyList<Step> ordered = steps.Read();
        IReadOnlyList<MailGroup> mail = new MailReader(file).Groups(root);
        return file.Mistakes.Count > 0 ? null : new Pipeline(
            name, root.Text("description") ?? "", schedule, window, CatchUp(root.Text("catch_up")),
            root.Text("overlap") == "skip" ? Overlap.Skip : Overlap.Queue, parameters, ordered, file.Text,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Text))))
        {
            Mail = mail,
        };
    }

    private static int CatchUp(string? word) => word switch
    {
        null or "last" => 1,
        "none" => 0,
        _ => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int most) ? most : 0,
    };

    private static Window WindowOf(YamlMappingNode? group) => new(
        LocalTimeValue.Parse(group?.Text("not_before")), LocalTimeValue.Parse(group?.Text("start_by")),
        LocalTimeValue.Parse(group?.Text("deliver_by")))
    {
        WhenShort = group is null || !group.Has("when_short") ? null : group.Group("when_short").Entries()
            .ToDictionary(entry => entry.Name.ToString(), entry => entry.Value.ToString(), StringComparer.Ordinal),
        SkipsHopeless = group?.Text("cannot_end") == "skip",
    };

    /// <summary>A promise that nobody can watch is worse than none.</summary>
    private static void CheckWindow(YamlFile file, Window window, Schedule? schedule)
    {
        if (file.Root.Group("window") is not { } group) return;
        (string Key, TimeSpan? Time)[] times =
            [("not_before", window.NotBefore), ("start_by", window.StartBy), ("deliver_by", window.DeliverBy)];
        (string Key, TimeSpan? Time)[] said = [.. times.Where(pair => pair.Time is not null)];
        foreach ((string key, TimeSpan? time) in said)
        {
            YamlNode at = group.Child(key)!;
            if (!file.Root.Has("schedule"))
                file.Wrong(at, $"'{key}' cannot be computed: the pipeline has no schedule, so no run has a time to count from.");
            else if (schedule is { OnceADateAt: null })
                file.Wrong(at, $"'{key}' cannot be computed: '{schedule.Text}' may be due several times a date; a window is one per date.");
            else if (schedule?.OnceADateAt is { } due && key != "not_before" && time <= due.ToTimeSpan())
            {
                file.Wrong(at, $"'{key}' ({group.Text(key)}) is not after {due:HH:mm}, when the run is due. " +
                    $"For the day after write \"{group.Text(key)}+1d\".");
            }
        }

        foreach (((string Key, TimeSpan? Time) first, (string Key, TimeSpan? Time) second) in said.Zip(said.Skip(1)))
        {
            if (first.Time < second.Time) continue;
            file.Wrong(group.Child(second.Key)!,
                $"'{second.Key}' ({group.Text(second.Key)}) is not after '{first.Key}' ({group.Text(first.Key)}).");
        }
    }

    private static void CheckShorterWay(YamlFile file, YamlMappingNode? window, IReadOnlyCollection<string> parameters, StepsReader steps)
    {
        if (window is null) return;
        foreach (string key in new[] { "when_short", "cannot_end" }.Where(key => window.Has(key) && !window.Has("deliver_by")))
            file.Wrong(window.Child(key)!, $"'{key}' is about 'deliver_by', which is not set.");
        foreach ((YamlNode key, YamlNode value) in window.Group("when_short").Entries())
        {
            if (!parameters.Contains(key.ToString(), StringComparer.Ordinal))
            {
                file.Wrong(key, $"The pipeline has no parameter '{key}' that could be replaced.{Similar.Hint(key.ToString(), parameters)} " +
                    $"There are: {(parameters.Count == 0 ? "none" : string.Join(", ", parameters))}.");
            }

            steps.CheckWords(value, []);
        }
    }

    private static void CheckParameters(YamlFile file, YamlMappingNode group, StepsReader steps)
    {
        foreach ((YamlNode key, YamlNode value) in group.Entries())
        {
            if (Words.BuiltIn.Contains(key.ToString(), StringComparer.Ordinal))
                file.Wrong(key, $"'{key}' has a meaning already; take another name.");
            steps.CheckWords(value, []);
        }
    }
}
