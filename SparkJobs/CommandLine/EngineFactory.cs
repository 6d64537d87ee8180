using BatchScoring.Core;
using BatchScoring.Engines;
using BatchScoring.Spark;
using BatchScoring.Storage;
using BatchScoring.Tables;
using BatchScoring.Tasks;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>Puts an engine together with the task kinds that this program knows.</summary>
internal static class EngineFactory
{
    public static EmbeddedEngine Embedded(JobContext context) => new(
        new TaskRunner(OpenStore(context.Time), TaskKinds.All(ModelFile.Formats), context.Time),
        context.Store,
        new ParquetSource(),
        new EmbeddedEngineOptions { Workers = context.Settings.Threads, SqlMemoryMiB = context.Settings.MemoryMiB },
        context.Time);

    public static OnSparkEngine OnSpark(JobContext context, SparkSession session)
    {
        bool here = session.SparkContext.GetConf("spark.master", "").StartsWith("local", StringComparison.Ordinal);
        var options = new OnSparkEngineOptions
        {
            Say = context.Progress.Say,
            RunnerCommand = [here ? Path.Combine(AppContext.BaseDirectory, ClusterPrograms.Launcher) : ClusterPrograms.LauncherInContainer,
                ClusterPrograms.Runner],
        };
        return new OnSparkEngine(session, Embedded(context), context.Store, context.Store.Options, options, context.Time);
    }

    private static Func<HeaderLine, IObjectStore> OpenStore(TimeProvider time) => header =>
        ObjectStores.Open(header.Store, header.Credentials is { } credentials ? _ => Task.FromResult(credentials) : null, time);
}
