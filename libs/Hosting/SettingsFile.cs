using BatchScoring.Core;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace BatchScoring.Hosting;

/// <summary>A settings file: names and values, and named targets, which hold further ones.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Values">Settings that stand at the top.</param>
/// <param name="Targets">Settings by the target's name.</param>
internal sealed record SettingsFile(
    string Path, IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Targets)
{
    private const string TargetsKey = "targets";

    /// <summary>The file's name, without its folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Reads the file; one that is not there holds nothing.</summary>
    /// <exception cref="BatchScoringException"><c>CONFIGURATION_UNREADABLE</c>, <c>CONFIGURATION_UNKNOWN</c>.</exception>
    public static SettingsFile Read(string path, IReadOnlyCollection<string> known)
    {
        Dictionary<string, IReadOnlyDictionary<string, string>> targets = new(StringComparer.Ordinal);
        YamlMappingNode? root = File.Exists(path) ? Root(path) : null;
        if (root is null) return new SettingsFile(path, new Dictionary<string, string>(StringComparer.Ordinal), targets);
        YamlNode? named = root.Children.FirstOrDefault(pair => pair.Key.ToString() == TargetsKey).Value;
        if (named is not null)
        {
            foreach ((YamlNode name, YamlNode values) in Mapping(named, path, "targets must list names"))
                targets[name.ToString()] =
                    Settings(Mapping(values, path, $"the target '{name}' must list settings"), path, $" in the target '{name}'", known);
        }

        return new SettingsFile(path,
            Settings(root.Where(pair => pair.Key.ToString() != TargetsKey), path, "", [.. known, "target", TargetsKey]), targets);
    }

    private static YamlMappingNode? Root(string path)
    {
        var yaml = new YamlStream();
        try
        {
            using var reader = new StreamReader(path);
            yaml.Load(reader);
        }
        catch (YamlException e)
        {
            throw new BatchScoringException(HostErrors.ConfigurationUnreadable, $"{path} is not YAML: {e.Message}", e);
        }

        return yaml.Documents.Count == 0 ? null : Mapping(yaml.Documents[0].RootNode, path, "a list is needed");
    }

    private static YamlMappingNode Mapping(YamlNode node, string path, string what) => node as YamlMappingNode
        ?? throw new BatchScoringException(HostErrors.ConfigurationUnreadable, $"{path}: {what} of 'name: value' lines.");

    private static Dictionary<string, string> Settings(
        IEnumerable<KeyValuePair<YamlNode, YamlNode>> pairs, string path, string where, IReadOnlyCollection<string> known)
    {
        Dictionary<string, string> settings = new(StringComparer.Ordinal);
        foreach ((YamlNode key, YamlNode value) in pairs)
        {
            string name = key.ToString();
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw new BatchScoringException(HostErrors.ConfigurationUnknown,
                    $"{path} sets '{name}'{where}, which is no setting.{Similar.Hint(name, known)} Known are: {string.Join(", ", known)}.");
            }

            settings[name] = value.ToString();
        }

        return settings;
    }
}
