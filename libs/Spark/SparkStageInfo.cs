namespace BatchScoring.Spark;

/// <summary>A stage as the status tracker saw it; attempts of a task that failed are counted apart from the tasks.</summary>
/// <param name="StageId">Its id.</param>
/// <param name="Name">What Spark calls it.</param>
/// <param name="NumTasks">Tasks in all.</param>
/// <param name="NumActiveTasks">Tasks that run now.</param>
/// <param name="NumCompletedTasks">Tasks that are done.</param>
/// <param name="NumFailedTasks">Attempts that failed; retries follow.</param>
public sealed record SparkStageInfo(int StageId, string Name, int NumTasks, int NumActiveTasks, int NumCompletedTasks, int NumFailedTasks);
