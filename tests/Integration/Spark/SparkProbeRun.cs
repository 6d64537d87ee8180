using System.Text.Json;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>One spark-submit of the probe with every scenario, for all tests of a Spark version: starting Spark is what costs.</summary>
public sealed class SparkProbeRun
{
    private static readonly string[] Scenarios =
        ["facts", "references", "rejected", "rows", "stream", "wide", "metadata", "bad-sql", "pipe", "many", "pipe-fails", "cancel",
            "dispose"];

    private static readonly Dictionary<string, Lazy<SparkProbeRun>> Runs =
        SparkLauncher.Versions.ToDictionary(version => version, version => new Lazy<SparkProbeRun>(() => new(version)));

    private readonly Dictionary<string, string> _said = [];

    private SparkProbeRun(string version)
    {
        using var spark = SparkLauncher.Require(version);
        using TemporaryFolder folder = new();
        spark.Configuration["spark.hadoop.fs.probe.key"] = "of Hadoop";
        Result = spark.Run(BuiltProgram.SparkProbe, [folder.Path, .. Scenarios]);
        foreach (string scenario in Scenarios)
            foreach ((string key, string value) in Said(Result.Output, scenario)) _said[$"{scenario}|{key}"] = value;
    }

    public ProgramResult Result { get; }

    /// <summary>What a scenario said in a probe's output.</summary>
    public static Dictionary<string, string> Said(string output, string scenario) => output.Split('\n').Select(line => line.Split('|', 4))
        .Where(parts => parts is ["probe", _, _, _] && parts[1] == scenario)
        .ToDictionary(parts => parts[2], parts => JsonSerializer.Deserialize<string>($"\"{parts[3]}\"")!, StringComparer.Ordinal);

    public string this[string scenario, string key] => _said.TryGetValue($"{scenario}|{key}", out string? value)
        ? value
        : throw new KeyNotFoundException(
            $"{scenario} did not say {key}; its end: {_said.GetValueOrDefault($"{scenario}|end")}.\n{Result.Output}\n{Result.Errors}");

    /// <summary>The run of a version, or a skipped test with the reason.</summary>
    public static SparkProbeRun Of(string version)
    {
        TestCluster.Require($"spark-{version}");
        return Runs[version].Value;
    }
}
