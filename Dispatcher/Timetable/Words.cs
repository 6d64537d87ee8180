using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>
/// Fills in <c>{date}</c>, <c>{date-1}</c>, <c>{slot}</c>, <c>{run}</c> and parameters. What is filled in is data and is not looked at
/// again; <c>{{name}}</c> stands for <c>{name}</c>; other braces stay as they are.
/// </summary>
internal sealed partial class Words
{
    /// <summary>Words that mean something without a parameter.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } = ["date", "slot", "run"];

    private readonly Dictionary<string, string> _values;
    private readonly DateOnly _date;

    /// <summary>The words of one run.</summary>
    /// <param name="date">The run date.</param>
    /// <param name="slot">What names the firing.</param>
    /// <param name="runId">The run.</param>
    /// <param name="parameters">Their values may use the built-in words, not one another.</param>
    public Words(DateOnly date, string slot, string runId, IReadOnlyDictionary<string, string> parameters)
    {
        _date = date;
        _values = new(StringComparer.Ordinal) { ["slot"] = slot, ["run"] = runId };
        (string Name, string Value)[] filled = [.. parameters.Select(pair => (pair.Key, Fill(pair.Value)))];
        foreach ((string name, string value) in filled) _values[name] = value;
    }

    /// <summary>Settings with every text filled in; names of keys stay.</summary>
    public JsonObject Fill(JsonObject settings) => (JsonObject)FillNode(settings)!;

    /// <summary>One text.</summary>
    public string Fill(string text) => Word().Replace(text, match => match.Groups["name"] is { Success: true } name
        ? Value(name.Value, match.Groups["days"].Value) ?? match.Value
        : match.Value[1..^1]);

    /// <summary>Words of a text that are neither built in nor parameters.</summary>
    public static IEnumerable<string> Unknown(string text, IReadOnlyCollection<string> parameters) =>
        Word().Matches(text).Where(match => match.Groups["name"].Success).Where(match => match.Groups["days"].Success
            ? match.Groups["name"].Value != "date"
            : !BuiltIn.Concat(parameters).Contains(match.Groups["name"].Value, StringComparer.Ordinal)).Select(match => match.Value);

    /// <summary>Where parameters stand in a text: place, length and name of each.</summary>
    public static IEnumerable<(int At, int Length, string Name)> Parameters(string text, IReadOnlyCollection<string> parameters) =>
        Word().Matches(text).Where(match => match.Groups["name"].Success && !match.Groups["days"].Success)
            .Where(match => parameters.Contains(match.Groups["name"].Value, StringComparer.Ordinal))
            .Select(match => (match.Index, match.Length, match.Groups["name"].Value));

    private string? Value(string name, string days) => name == "date"
        ? $"{_date.AddDays(days.Length == 0 ? 0 : int.Parse(days, CultureInfo.InvariantCulture)):yyyy-MM-dd}"
        : days.Length == 0 ? _values.GetValueOrDefault(name) : null;

    private JsonNode? FillNode(JsonNode? node) => node switch
    {
        JsonObject group => new JsonObject(group.Select(pair => KeyValuePair.Create(pair.Key, FillNode(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(FillNode)]),
        JsonValue value when value.TryGetValue(out string? text) => Fill(text),
        _ => node?.DeepClone(),
    };

    [GeneratedRegex(@"\{\{[a-z][a-z0-9_]*([+-][0-9]{1,4})?\}\}|\{(?<name>[a-z][a-z0-9_]*)(?<days>[+-][0-9]{1,4})?\}",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
