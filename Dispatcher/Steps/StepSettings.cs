using System.Text.Json.Nodes;

namespace BatchScoring.Dispatcher.Steps;

/// <summary>Reads what a pipeline file says below a step; <c>check</c> has looked at its types before.</summary>
internal static class StepSettings
{
    /// <summary>What the key says in every kind that starts a program.</summary>
    public const string EnvironmentFileText =
        "A file there with further variables, lines NAME='value': secrets. Only its owner may read it (chmod 600).";

    public static string? Text(this JsonObject settings, string name) => settings[name]?.ToString();

    /// <summary>A list of texts; one text is a list of one.</summary>
    public static IReadOnlyList<string> Texts(this JsonObject settings, string name) => settings[name] switch
    {
        null => [],
        JsonArray list => [.. list.Select(item => item!.ToString())],
        JsonNode one => [one.ToString()],
    };

    public static IReadOnlyDictionary<string, string> Map(this JsonObject settings, string name) =>
        settings[name] is JsonObject map
        ? map.ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? "", StringComparer.Ordinal)
        : new Dictionary<string, string>(StringComparer.Ordinal);
}
