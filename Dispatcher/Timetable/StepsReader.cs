using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Dispatcher.Timetable.Yaml;
using BatchScoring.Hosting;
using YamlDotNet.RepresentationModel;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>Reads the steps of a pipeline file; what is wrong is noted there.</summary>
internal sealed class StepsReader(YamlFile file, IReadOnlyCollection<StepKindInfo> kinds, IReadOnlyCollection<string> parameters)
{
    private readonly List<(Step Step, YamlMappingNode Node)> _steps = [];

    /// <summary>Every step after those that it waits for; the file's order where that says nothing.</summary>
    public IReadOnlyList<Step> Read()
    {
        if (file.Root.Child("steps") is not YamlSequenceNode list) return [];
        if (list.Children.Count == 0) file.Wrong(list, "'steps' is an empty list; a pipeline does something.");
        foreach (YamlMappingNode node in list.Children.OfType<YamlMappingNode>()) Add(node);
        foreach ((Step step, YamlMappingNode node) in _steps)
            foreach (string unknown in step.After.Where(name => _steps.All(other => other.Step.Name != name)))
                file.Wrong(node.Child("after")!, $"There is no step '{unknown}'.{Similar.Hint(unknown, _steps.Select(s => s.Step.Name))}");
        IReadOnlyList<Step> ordered = Ordered();
        foreach ((Step step, YamlMappingNode node) in _steps) CheckCondition(step, node);
        return ordered;
    }

    private void Add(YamlMappingNode node)
    {
        if (node.Text("name") is not { Length: > 0 } name) return;
        if (_steps.Any(other => other.Step.Name == name))
            file.Wrong(node.Child("name")!, $"A step '{name}' is there already; names are unique.");
        if (name == Window.Asked) file.Wrong(node.Child("name")!, $"Conditions call the window '{name}'; take another name.");
        StepKindInfo? kind = kinds.FirstOrDefault(known => node.Has(known.Name));
        StepWhen when = node.Text("when") switch { "failure" => StepWhen.Failure, "always" => StepWhen.Always, _ => StepWhen.Success };
        IEnumerable<string> above = _steps.Select(pair => pair.Step.Name);
        string[] after = node.Has("after")
            ? [.. node.Items("after").Select(item => item.Value ?? "")]
            : [.. when == StepWhen.Success ? above.TakeLast(1) : above];
        YamlMappingNode? retries = node.Group("retries");
        var settings = new JsonObject();
        if (kind is not null && node.Group(kind.Name) is { } group)
        {
            CheckWords(group, parameters);
            foreach (StepKey key in kind.Keys.Where(key => group.Has(key.Name))) settings[key.Name] = Setting(key, group);
            foreach (StepKey key in kind.Keys.Where(key => key.Type == StepKeyType.Command && group.Child(key.Name) is YamlScalarNode))
                ByVariables(settings, key.Name);
        }

        _steps.Add((new Step(name, kind?.Name ?? "", settings, after, when, Condition(node), DurationValue.Parse(node.Text("deadline")),
            new Retries(int.TryParse(retries?.Text("count"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 0,
                DurationValue.Parse(retries?.Text("wait")) ?? TimeSpan.FromMinutes(1))), node));
    }

    /// <summary>Notes words in braces that nothing fills in.</summary>
    public void CheckWords(YamlNode node, IReadOnlyCollection<string> known)
    {
        foreach (YamlNode at in node.AllNodes)
        {
            if (at is not YamlScalarNode { Value: { } text }) continue;
            foreach (string word in Words.Unknown(text, known))
            {
                file.Wrong(at, $"Nothing fills in '{word}'.{Similar.Hint(word[1..^1], [.. known, .. Words.BuiltIn])} There are " +
                    $"{string.Join(", ", Words.BuiltIn.Concat(known))}, and dates such as date-1. For the text itself write '{{{word}}}'.");
            }
        }
    }

    private static JsonNode? Setting(StepKey key, YamlMappingNode group) => key.Type switch
    {
        StepKeyType.Number => double.TryParse(group.Text(key.Name), CultureInfo.InvariantCulture, out double number) ? number : null,
        StepKeyType.Switch => group.Text(key.Name) == "true",
        StepKeyType.Texts or StepKeyType.Command when group.Child(key.Name) is YamlSequenceNode =>
            new JsonArray([.. group.Items(key.Name).Select(item => (JsonNode?)item.Value)]),
        StepKeyType.Map => new JsonObject(group.Group(key.Name).Entries()
            .Select(entry => KeyValuePair.Create(entry.Name.ToString(), (JsonNode?)entry.Value.ToString()))),
        _ => group.Text(key.Name),
    };

    /// <summary>What is given for a parameter must not become a part of a line that sh reads.</summary>
    private void ByVariables(JsonObject settings, string key)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        settings[key] = ShellLine.Of(settings.Text(key) ?? "", parameters, variables);
        if (variables.Count == 0) return;
        if (settings["environment"] is not JsonObject environment) settings["environment"] = environment = [];
        foreach ((string name, string value) in variables) environment[name] = value;
    }

    private Condition? Condition(YamlMappingNode node)
    {
        if (node.Text("if") is not { Length: > 0 } text) return null;
        try
        {
            return Timetable.Condition.Parse(text);
        }
        catch (FormatException e)
        {
            file.Wrong(node.Child("if")!, e.Message);
            return null;
        }
    }

    /// <summary>What it asks must have answered before it begins.</summary>
    private void CheckCondition(Step step, YamlMappingNode node)
    {
        if (step.Condition is null) return;
        HashSet<string> before = Before(step);
        before.Add(Window.Asked);
        foreach (string asked in step.Condition.Steps.Where(name => !before.Contains(name)))
        {
            file.Wrong(node.Child("if")!, _steps.Any(other => other.Step.Name == asked)
                ? $"The condition asks '{asked}', for which '{step.Name}' does not wait. Put '{asked}' into 'after'."
                : $"The condition asks '{asked}', and there is no such step.{Similar.Hint(asked, before)}");
        }
    }

    /// <summary>All steps that end before a step begins.</summary>
    private HashSet<string> Before(Step step)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        Queue<string> open = new(step.After);
        while (open.TryDequeue(out string? name))
        {
            if (!found.Add(name)) continue;
            foreach ((Step before, _) in _steps.Where(other => other.Step.Name == name))
                foreach (string further in before.After) open.Enqueue(further);
        }

        return found;
    }

    private IReadOnlyList<Step> Ordered()
    {
        List<Step> ordered = [];
        List<Step> open = [.. _steps.Select(pair => pair.Step)];
        while (open.Count > 0)
        {
            Step? next = open.FirstOrDefault(step => !step.After.Any(name => open.Any(other => other.Name == name)));
            if (next is null)
            {
                NoteCycle(open);
                return [.. ordered, .. open];
            }

            ordered.Add(next);
            open.Remove(next);
        }

        return ordered;
    }

    /// <summary>Every open step waits for another: going from one to the next leads into a circle.</summary>
    private void NoteCycle(List<Step> open)
    {
        List<Step> way = [open[0]];
        while (true)
        {
            Step next = open.First(step => way[^1].After.Contains(step.Name, StringComparer.Ordinal));
            int begin = way.FindIndex(step => step.Name == next.Name);
            if (begin < 0)
            {
                way.Add(next);
                continue;
            }

            string circle = string.Join(" → ", way[begin..].Append(next).Select(step => step.Name));
            YamlMappingNode at = _steps.First(pair => pair.Step == next).Node;
            file.Wrong(at.Child("after") ?? at, $"Steps wait for each other in a circle: {circle}.");
            return;
        }
    }
}
