using BatchScoring.DuckDb;

namespace BatchScoring.Tasks;

/// <summary>A DuckDB of the task's own, held to the header's limits; it spills into the scratch folder.</summary>
internal static class TaskDatabase
{
    public static DuckDatabase Open(TaskContext context) => DuckDatabase.Open(new DuckOptions
    {
        Threads = Math.Max(1, context.Header.Threads),
        MemoryLimitMiB = context.DuckMemoryMiB,
        TempDirectory = context.Scratch,
    });
}
