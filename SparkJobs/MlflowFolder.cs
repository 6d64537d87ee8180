using BatchScoring.Core;
using BatchScoring.Scoring;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace BatchScoring.SparkJobs;

/// <summary>A folder that MLflow wrote: its file <c>MLmodel</c> tells which file is the model.</summary>
internal static class MlflowFolder
{
    private const string Description = "MLmodel";

    /// <summary>The flavor that loads models through another one; its <c>data</c> is that one's.</summary>
    private const string Wrapper = "python_function";

    /// <exception cref="BatchScoringException"><c>MODEL_NOT_FOUND</c>: the folder names no model file, or one that is not in
    /// it.</exception>
    public static string ModelOf(string folder)
    {
        string description = Path.Combine(folder, Description);
        if (!File.Exists(description)) throw NotFound(folder, $"has no {Description}, so it is none that MLflow wrote");
        string? data = DataOf(folder, description);
        if (data is null) throw NotFound(folder, $"has an {Description} that names no model file");
        string model = Path.GetFullPath(Path.Combine(folder, data));
        string root = Path.GetFullPath(folder).TrimEnd('/') + '/';
        if (!model.StartsWith(root, StringComparison.Ordinal) || !File.Exists(model))
            throw NotFound(folder, $"has an {Description} that names {data}, which is not in it");
        return Path.Combine(folder, data);
    }

    private static string? DataOf(string folder, string description)
    {
        try
        {
            YamlStream yaml = [];
            using StreamReader text = new(description);
            yaml.Load(text);
            if (Child(yaml.Documents.FirstOrDefault()?.RootNode, "flavors") is not YamlMappingNode flavors) return null;
            return flavors.Children.Where(flavor => (flavor.Key as YamlScalarNode)?.Value != Wrapper)
                .Select(flavor => (Child(flavor.Value, "data") as YamlScalarNode)?.Value).FirstOrDefault(data => data is not null);
        }
        catch (YamlException e)
        {
            throw NotFound(folder, $"has an {Description} that cannot be read ({e.Message})");
        }
    }

    private static YamlNode? Child(YamlNode? node, string name) =>
        node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(name), out YamlNode? child) ? child : null;

    private static BatchScoringException NotFound(string folder, string why)
    {
        const int Shown = 5;
        string[] files = [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)
            .Take(Shown + 1)];
        string held = files.Length == 0 ? "no file" : string.Join(", ", files.Take(Shown)) + (files.Length > Shown ? " …" : "");
        return new BatchScoringException(ScoringErrors.ModelNotFound,
            $"{folder} is a folder, not a model file, and {why}. It holds {held}. Name the model's file.");
    }
}
