using BatchScoring.Core;

namespace BatchScoring.SparkJobs.Submit;

/// <summary>Finds spark-submit and its default properties.</summary>
internal static class SparkHome
{
    private const string Program = "spark-submit";

    public static string SparkSubmit(string? home, Func<string, string?> environment)
    {
        if ((home ?? Text(environment("SPARK_HOME"))) is { } folder)
        {
            string path = Path.GetFullPath(Path.Combine(folder, "bin", Program));
            return File.Exists(path) ? path : throw NotFound($"{path} is not there");
        }

        return (environment("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => Path.Combine(entry, Program)).FirstOrDefault(File.Exists)
            ?? throw NotFound("SPARK_HOME is not set, and no spark-submit lies on the PATH");
    }

    /// <summary>The file that spark-submit would read if it were given none; null when there is none.</summary>
    public static string? DefaultProperties(string sparkSubmit, Func<string, string?> environment)
    {
        string folder = Text(environment("SPARK_CONF_DIR"))
            ?? Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(sparkSubmit))!, "conf");
        string path = Path.Combine(folder, "spark-defaults.conf");
        return File.Exists(path) ? path : null;
    }

    private static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static BatchScoringException NotFound(string found) => new(SubmitErrors.SubmitSparkNotFound,
        $"Spark was not found: {found}. Name its folder: --spark-home FOLDER, or export SPARK_HOME.");
}
