using BatchScoring.Core;

namespace BatchScoring.Tasks;

/// <summary>What can go wrong in a task, wherever it runs.</summary>
#pragma warning disable CS1591 // Each code's cause, which the errors page shows, is its documentation.
public static class TaskErrors
{
    public static ErrorCode TaskKindUnknown { get; } = new("TASK_KIND_UNKNOWN", ExitCode.Configuration,
        "The runner does not know this kind of task. Driver and runner must be of one version.");

    public static ErrorCode WorkInvalid { get; } = new("WORK_INVALID", ExitCode.Configuration,
        "A task's options cannot be read. Driver and runner must be of one version.");

    public static ErrorCode SplitInvalid { get; } = new("SPLIT_INVALID", ExitCode.Configuration,
        "A split has no rows or starts nowhere. Driver and runner must be of one version.");

    public static ErrorCode RunStopped { get; } = new("RUN_STOPPED", ExitCode.Interrupted,
        "The run's stop sign appeared.", RetryHelps: true);

    public static ErrorCode ImportEnded { get; } = new("IMPORT_ENDED", ExitCode.Failed,
        "A part of an import is to be made again, but which rows were chosen is known only while the import runs. Import again, into a " +
        "new root if it was published.");
}
