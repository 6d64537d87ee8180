using System.Globalization;
using BatchScoring.Core;
using YamlDotNet.RepresentationModel;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>Looks a setting up by its one name: BATCHSCORING_S3_ENDPOINT in the environment is s3_endpoint in batch-score.yaml.</summary>
internal sealed class SettingsSource
{
    private const string FileName = "batch-score.yaml";

    private static readonly string[] Known =
        ["root", "s3_endpoint", "s3_region", "s3_path_style", "threads", "memory", "engine", "format"];

    private readonly Dictionary<string, string> _file;
    private readonly Func<string, string?> _environment;

    private SettingsSource(Dictionary<string, string> file, Func<string, string?> environment)
    {
        _file = file;
        _environment = environment;
    }

    public static SettingsSource Load(string folder, Func<string, string?> environment)
    {
        string path = Path.Combine(folder, FileName);
        return new SettingsSource(File.Exists(path) ? Read(path) : [], environment);
    }

    /// <summary>The setting's text and where it stands, or null.</summary>
    public (string Text, string Where)? Find(string name)
    {
        string variable = "BATCHSCORING_" + name.ToUpperInvariant();
        if (_environment(variable) is { Length: > 0 } value) return (value, variable);
        return _file.TryGetValue(name, out string? text) ? (text, $"{name} in {FileName}") : null;
    }

    public int? Integer(string name) => Find(name) is not { } found
        ? null
        : int.TryParse(found.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw Invalid(found, "a whole number");

    public bool? Boolean(string name) => Find(name) is not { } found
        ? null
        : bool.TryParse(found.Text, out bool value) ? value : throw Invalid(found, "true or false");

    private static Dictionary<string, string> Read(string path)
    {
        var yaml = new YamlStream();
        try
        {
            using var reader = new StreamReader(path);
            yaml.Load(reader);
        }
        catch (YamlDotNet.Core.YamlException e)
        {
            throw new BatchScoringException("CONFIGURATION_UNREADABLE", ExitCode.Configuration, $"{path} is not YAML: {e.Message}", inner: e);
        }

        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        if (yaml.Documents.Count == 0) return settings;
        if (yaml.Documents[0].RootNode is not YamlMappingNode root)
            throw new BatchScoringException("CONFIGURATION_UNREADABLE", ExitCode.Configuration, $"{path}: a list of 'name: value' lines is needed.");
        foreach ((YamlNode key, YamlNode value) in root)
        {
            string name = key.ToString();
            if (!Known.Contains(name, StringComparer.Ordinal))
            {
                throw new BatchScoringException("CONFIGURATION_UNKNOWN", ExitCode.Configuration,
                    $"{path} sets '{name}', which is no setting. Known are: {string.Join(", ", Known)}.");
            }

            settings[name] = value.ToString();
        }

        return settings;
    }

    private static BatchScoringException Invalid((string Text, string Where) found, string allowed) =>
        new("CONFIGURATION_INVALID", ExitCode.Configuration, $"{found.Where} is '{found.Text}'; it must be {allowed}.");
}
