namespace BatchScoring.Tests.Testing;

/// <summary>A place where <c>batch-score submit</c> can run jobs: a Spark version and a master.</summary>
/// <param name="Version">As in the test cluster's folder name.</param>
/// <param name="Flags">What submit is told, beside the job.</param>
public sealed record SparkSite(string Version, params IReadOnlyList<string> Flags)
{
    /// <summary>A JVM that lives for seconds earns nothing by the second compiler.</summary>
    public const string QuickJava = "-XX:TieredStopAtLevel=1";

    private readonly string _home = TestCluster.Require($"spark-{Version}");

    /// <summary>Variables for submit.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } =
        new Dictionary<string, string> { ["SPARK_LOCAL_IP"] = "127.0.0.1" };

    /// <summary>Processes whose descendants the executors are; none where they run in the submitter's.</summary>
    public IReadOnlyList<int> Hosts { get; init; } = [];

    /// <summary>Two tasks at a time in the submitter's own JVM.</summary>
    public static SparkSite Local(string version) => new(version, "--master", "local[2]");

    /// <summary>The arguments of batch-score for a job.</summary>
    public IReadOnlyList<string> Submit(IReadOnlyList<string> flags, params IReadOnlyList<string> job) =>
    [
        "submit", "--spark-home", _home, .. Flags,
        "--driver-memory", "512m",
        "--conf", "spark.ui.port=0",
        "--conf", "spark.sql.shuffle.partitions=2",
        "--conf", $"spark.driver.extraJavaOptions={QuickJava}",
        "--conf", $"spark.executor.extraJavaOptions={QuickJava}",
        .. flags, "--", .. job,
    ];
}
