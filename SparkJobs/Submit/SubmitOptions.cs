namespace BatchScoring.SparkJobs.Submit;

/// <summary>How a job goes to a cluster.</summary>
internal sealed record SubmitOptions
{
    /// <summary>Spark's master; null: as Spark itself is configured.</summary>
    public string? Master { get; init; }

    public string? DeployMode { get; init; }

    /// <summary>Where Spark is installed; null: SPARK_HOME, else the spark-submit on the PATH.</summary>
    public string? SparkHome { get; init; }

    /// <summary>A properties file of the user's own.</summary>
    public string? PropertiesFile { get; init; }

    public required IReadOnlyList<string> Files { get; init; }

    public required IReadOnlyList<string> Archives { get; init; }

    /// <summary>Flags that are spark-submit's, as given.</summary>
    public required IReadOnlyList<string> SparkFlags { get; init; }

    /// <summary>The job's own words: what stands after <c>--</c>.</summary>
    public required IReadOnlyList<string> Job { get; init; }

    public required bool DryRun { get; init; }

    /// <summary>True when the driver runs in the cluster, out of reach of this machine's files.</summary>
    public bool InCluster => DeployMode == "cluster";

    /// <summary>True when executors run in the submitter's own JVM.</summary>
    public bool OnThisMachine => Master?.StartsWith("local", StringComparison.Ordinal) == true;
}
