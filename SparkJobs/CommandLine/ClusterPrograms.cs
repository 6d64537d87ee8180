namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>What <c>scripts/publish</c> lays beside this program for clusters, and where it lies in a container.</summary>
internal static class ClusterPrograms
{
    /// <summary>Starts a program so that it fits into a container.</summary>
    public const string Launcher = "launch";

    public const string Runner = "model-runner";

    /// <summary>Launcher, driver, runner and DuckDB.</summary>
    public const string Archive = "batch-scoring.tar.gz";

    /// <summary>The archive's folder in a container.</summary>
    public const string Folder = "app";

    public const string LauncherInContainer = "./" + Folder + "/" + Launcher;
}
