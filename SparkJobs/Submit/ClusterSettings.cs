using System.Globalization;
using BatchScoring.Runs;

namespace BatchScoring.SparkJobs.Submit;

/// <summary>Settings that a job of ours needs and that Spark would choose otherwise; what the user says wins.</summary>
internal static class ClusterSettings
{
    /// <summary>A driver beside its JVM: DuckDB and the heap.</summary>
    private const int DriverMiB = 2048;

    /// <summary>What an executor's JVM needs beside its heap.</summary>
    private const int OverheadMiB = 1024;

    /// <summary>What YARN's application master needs beside its heap of 512 MiB where the driver is here: Spark's 384 are less than its JVM
    /// takes, and a node manager that polices memory kills it.</summary>
    private const int MasterMiB = 768;

    /// <summary>One runner; each core of an executor starts one.</summary>
    private const int RunnerMiB = 1024;

    /// <param name="options">Where the job goes.</param>
    /// <param name="said">What the user, or the machine's own defaults, say already.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(SubmitOptions options, SaidSettings said) =>
        [.. (options.Master == "yarn" ? Yarn(options, said) : options.OnThisMachine ? Local(options) : [])
            .Where(pair => said[pair.Key] is null)];

    private static IEnumerable<KeyValuePair<string, string>> Local(SubmitOptions options)
    {
        // The JVM would spend seconds on compiling itself, on the cores that runners work on: 6 % of a run of four seconds.
        if (!JobDefinition.Of(options.Job[0]).UsesSql) yield return new("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1");
    }

    private static IEnumerable<KeyValuePair<string, string>> Yarn(SubmitOptions options, SaidSettings said)
    {
        // YARN would run a failed driver a second time; whether a repetition helps is the dispatcher's to decide.
        yield return new("spark.yarn.maxAppAttempts", "1");
        yield return options.InCluster
            ? new("spark.driver.memoryOverhead", Text(DriverMiB))
            : new("spark.yarn.am.memoryOverhead", Text(MasterMiB));
        yield return new("spark.executor.memoryOverhead", Text(OverheadMiB + (RunnerMiB * Cores(said))));
    }

    private static int Cores(SaidSettings said) =>
        int.TryParse(said["spark.executor.cores"], NumberStyles.None, CultureInfo.InvariantCulture, out int cores) ? Math.Max(1, cores) : 1;

    private static string Text(int mebibytes) => string.Create(CultureInfo.InvariantCulture, $"{mebibytes}m");
}
