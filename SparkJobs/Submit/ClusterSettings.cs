using System.Globalization;

namespace BatchScoring.SparkJobs.Submit;

/// <summary>Settings that a job of ours needs on YARN and that Spark would choose otherwise; what the user says wins.</summary>
internal static class ClusterSettings
{
    /// <summary>A driver beside its JVM: DuckDB and the heap.</summary>
    private const int DriverMiB = 2048;

    /// <summary>What an executor's JVM needs beside its heap.</summary>
    private const int OverheadMiB = 1024;

    /// <summary>One runner; each core of an executor starts one.</summary>
    private const int RunnerMiB = 1024;

    public static IReadOnlyList<KeyValuePair<string, string>> Of(SubmitOptions options) =>
        options.Master != "yarn" ? [] : [.. Yarn(options).Where(pair => !Says(options, pair.Key))];

    private static IEnumerable<KeyValuePair<string, string>> Yarn(SubmitOptions options)
    {
        // YARN would run a failed driver a second time; whether a repetition helps is the dispatcher's to decide.
        yield return new("spark.yarn.maxAppAttempts", "1");
        if (options.InCluster) yield return new("spark.driver.memoryOverhead", Text(DriverMiB));
        yield return new("spark.executor.memoryOverhead", Text(OverheadMiB + (RunnerMiB * Cores(options))));
    }

    private static int Cores(SubmitOptions options)
    {
        int flag = options.SparkFlags.ToList().IndexOf("--executor-cores");
        string? text = flag >= 0 && flag + 1 < options.SparkFlags.Count
            ? options.SparkFlags[flag + 1]
            : options.SparkFlags.LastOrDefault(word => word.StartsWith("spark.executor.cores=", StringComparison.Ordinal))?.Split('=')[1];
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int cores) ? Math.Max(1, cores) : 1;
    }

    private static bool Says(SubmitOptions options, string key) =>
        options.SparkFlags.Any(word => word.StartsWith(key + "=", StringComparison.Ordinal) || word.StartsWith($"--conf={key}=", StringComparison.Ordinal));

    private static string Text(int mebibytes) => string.Create(CultureInfo.InvariantCulture, $"{mebibytes}m");
}
