using System.Diagnostics;

namespace BatchScoring.Tests.Testing;

/// <summary>Where the unpacked test cluster (Spark, YARN, S3 server) lies.</summary>
public static class TestCluster
{
    private static readonly string Script = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "test-cluster", "cluster"));
    private static readonly Lazy<string> Unpacked = new(() =>
        File.Exists(Script) ? Unpack() : Environment.GetEnvironmentVariable("TEST_CLUSTER_HOME") ?? "/");

    /// <summary>Its folder; one that holds none of it when there is no test cluster.</summary>
    public static string Home => Unpacked.Value;

    public static string Missing { get; } = $"The test cluster is not here: neither '{Script}' nor an unpacked one in TEST_CLUSTER_HOME.";

    /// <summary>A file or folder of it, or a skipped test with the reason; in CI a failed one.</summary>
    public static string Require(params string[] parts)
    {
        string path = Path.Combine([Home, .. parts]);
        bool there = Path.Exists(path);
        if (!there && Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(Missing);
        Skip.If(!there, Missing);
        return path;
    }

    /// <summary>Delta Lake's libraries for Spark 3.5.8, which lie beside the packed cluster; or as <see cref="Require"/>.</summary>
    public static IReadOnlyList<string> DeltaJars()
    {
        string folder = Path.Combine(Path.GetDirectoryName(Script)!, "delta-3.3.3");
        if (!Directory.Exists(folder)) folder = Require("delta-3.3.3");
        return [.. Directory.GetFiles(folder, "*.jar").Order(StringComparer.Ordinal)];
    }

    private static string Unpack()
    {
        using Process process = Process.Start(
            new ProcessStartInfo("bash", [Script, "unpack"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        string home = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return home;
    }
}
