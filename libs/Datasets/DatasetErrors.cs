using BatchScoring.Core;

namespace BatchScoring.Datasets;

/// <summary>Every error of publishing, reading and repairing datasets.</summary>
#pragma warning disable CS1591 // Each code's cause, which the errors page shows, is its documentation.
public static class DatasetErrors
{
    public static ErrorCode PublishPartMissing { get; } = new("PUBLISH_PART_MISSING", ExitCode.Failed,
        "A part was no longer pending before the publish began. Nothing was published; run the command again.", RetryHelps: true);

    public static ErrorCode PublishResultMissing { get; } = new("PUBLISH_RESULT_MISSING", ExitCode.Failed,
        "result.json was not in the attempt's folder before the publish. Nothing was published.");

    public static ErrorCode PublishInputChanged { get; } = new("PUBLISH_INPUT_CHANGED", ExitCode.Failed,
        "An input file changed while the run read it. Nothing was published; run the command again.", RetryHelps: true);

    public static ErrorCode PublishUnclear { get; } = new("PUBLISH_UNCLEAR", ExitCode.TryLater,
        "It could not be seen who won. Run the command or recover again: nothing was given up.", RetryHelps: true);

    public static ErrorCode PublishUnfinished { get; } = new("PUBLISH_UNFINISHED", ExitCode.TryLater,
        "The manifest stands but not every part could be completed yet. Run the command or recover again.", RetryHelps: true);

    public static ErrorCode PublishPartLost { get; } = new("PUBLISH_PART_LOST", ExitCode.Failed,
        "A part of a published dataset is gone and could not be made again equal. Publish the next revision.");

    public static ErrorCode PublishPartForeign { get; } = new("PUBLISH_PART_FOREIGN", ExitCode.Failed,
        "Under a part's key stands another object. It was left alone; publish the next revision.");

    public static ErrorCode PublishSealMismatch { get; } = new("PUBLISH_SEAL_MISMATCH", ExitCode.Failed,
        "_SUCCESS does not name this manifest: one of them was changed by hand. Publish the next revision.");

    public static ErrorCode PublishAbortRefused { get; } = new("PUBLISH_ABORT_REFUSED", ExitCode.TryLater,
        "An attempt that may have published cannot be aborted. Run recover.", RetryHelps: true);

    public static ErrorCode ManifestInvalid { get; } = new("MANIFEST_INVALID", ExitCode.InputUnusable,
        "A manifest cannot be read or contradicts itself. It was changed by hand, or the bucket holds something else.");

    public static ErrorCode ManifestNewer { get; } = new("MANIFEST_NEWER", ExitCode.Configuration,
        "A manifest was written by a newer program. Update this one.");

    public static ErrorCode NotFound { get; } = new("DATASET_NOT_FOUND", ExitCode.InputUnusable,
        "There is no such dataset. Run the job that makes it, or correct the date.");

    public static ErrorCode Empty { get; } = new("DATASET_EMPTY", ExitCode.InputUnusable,
        "The folder holds no data files.");

    public static ErrorCode Unsealed { get; } = new("DATASET_UNSEALED", ExitCode.TryLater,
        "Files are there but no _SUCCESS or manifest: they may still be arriving. Wait, or say --unsealed.", RetryHelps: true);

    public static ErrorCode Publishing { get; } = new("DATASET_PUBLISHING", ExitCode.TryLater,
        "A publish is under way or was interrupted. Try again, run recover, or ask for an exact older revision.", RetryHelps: true);

    public static ErrorCode RevisionRetired { get; } = new("REVISION_RETIRED", ExitCode.InputUnusable,
        "The revision was replaced long ago, and `retire` has removed its parts. Ask for its successor, or leave `--revision` out.");

    public static ErrorCode Damaged { get; } = new("DATASET_DAMAGED", ExitCode.InputUnusable,
        "A published dataset does not fit its manifest. Run verify; restore it or publish the next revision.");

    public static ErrorCode DeltaLogDamaged { get; } = new("DELTA_LOG_DAMAGED", ExitCode.InputUnusable,
        "The Delta log beside the scores cannot be used. The scores are not touched: move '_delta_log' away and run recover.");

    public static ErrorCode ColumnTypeChanged { get; } = new("COLUMN_TYPE_CHANGED", ExitCode.InputUnusable,
        "A column of the scores would have another type or spelling than on the dates before. Give it the type that it had.");

    public static ErrorCode ColumnTypeRefused { get; } = new("COLUMN_TYPE_REFUSED", ExitCode.InputUnusable,
        "A column of the scores has a type that not every reader of the table can take. Cast it, or leave it out.");
}
