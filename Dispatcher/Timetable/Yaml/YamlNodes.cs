using YamlDotNet.RepresentationModel;

namespace BatchScoring.Dispatcher.Timetable.Yaml;

/// <summary>Reads what <see cref="FileValue.Check"/> has looked at: what does not fit is null here, and a mistake there.</summary>
internal static class YamlNodes
{
    public static bool Has(this YamlMappingNode map, string name) => map.Child(name) is not null;

    public static YamlNode? Child(this YamlMappingNode map, string name) =>
        map.Children.FirstOrDefault(pair => pair.Key is YamlScalarNode key && key.Value == name).Value;

    public static YamlMappingNode? Group(this YamlMappingNode map, string name) => map.Child(name) as YamlMappingNode;

    public static string? Text(this YamlMappingNode map, string name) => (map.Child(name) as YamlScalarNode)?.Value;

    /// <summary>The values of a list; of a value alone, that one.</summary>
    public static IEnumerable<YamlScalarNode> Items(this YamlMappingNode map, string name) => map.Child(name) switch
    {
        YamlSequenceNode list => list.Children.OfType<YamlScalarNode>(),
        YamlScalarNode alone => [alone],
        _ => [],
    };

    /// <summary>Names and values of a group.</summary>
    public static IEnumerable<(YamlNode Name, YamlNode Value)> Entries(this YamlMappingNode? map) =>
        map is null ? [] : map.Children.Select(pair => (pair.Key, pair.Value));
}
