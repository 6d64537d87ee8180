using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Datasets;

/// <summary>Every error code of this library, in one place. <see cref="DatasetException"/> takes exit status and retry advice from here.</summary>
public static class DatasetCodes
{
    /// <summary>All codes, in the order in which the errors page shows them.</summary>
    public static IReadOnlyList<StorageCode> All { get; } =
    [
        new("PUBLISH_PART_MISSING", ExitCode.Failed, true, "A part was no longer pending before the publish began. Nothing was published; run the command again."),
        new("PUBLISH_RESULT_MISSING", ExitCode.Failed, false, "result.json was not in the attempt's folder before the publish. Nothing was published."),
        new("PUBLISH_INPUT_CHANGED", ExitCode.Failed, true, "An input file changed while the run read it. Nothing was published; run the command again."),
        new("PUBLISH_UNCLEAR", ExitCode.TryLater, true, "It could not be seen who won. Run the command or recover again: nothing was given up."),
        new("PUBLISH_UNFINISHED", ExitCode.TryLater, true, "The manifest stands but not every part could be completed yet. Run the command or recover again."),
        new("PUBLISH_PART_LOST", ExitCode.Failed, false, "A part of a published dataset is gone and could not be made again equal. Publish the next revision."),
        new("PUBLISH_PART_FOREIGN", ExitCode.Failed, false, "Under a part's key stands another object. It was left alone; publish the next revision."),
        new("PUBLISH_SEAL_MISMATCH", ExitCode.Failed, false, "_SUCCESS does not name this manifest: one of them was changed by hand. Publish the next revision."),
        new("PUBLISH_ABORT_REFUSED", ExitCode.TryLater, true, "An attempt that may have published cannot be aborted. Run recover."),
        new("MANIFEST_INVALID", ExitCode.InputUnusable, false, "A manifest cannot be read or contradicts itself. It was changed by hand, or the bucket holds something else."),
        new("MANIFEST_NEWER", ExitCode.Configuration, false, "A manifest was written by a newer program. Update this one."),
        new("DATASET_NOT_FOUND", ExitCode.InputUnusable, false, "There is no such dataset. Run the job that makes it, or correct the date."),
        new("DATASET_EMPTY", ExitCode.InputUnusable, false, "The folder holds no data files."),
        new("DATASET_UNSEALED", ExitCode.TryLater, true, "Files are there but no _SUCCESS or manifest: they may still be arriving. Wait, or say --unsealed."),
        new("DATASET_PUBLISHING", ExitCode.TryLater, true, "A publish is under way or was interrupted. Try again, run recover, or ask for an exact older revision."),
        new("DATASET_DAMAGED", ExitCode.InputUnusable, false, "A published dataset does not fit its manifest. Run verify; restore it or publish the next revision."),
    ];

    private static readonly Dictionary<string, StorageCode> ByCode = All.ToDictionary(c => c.Code, StringComparer.Ordinal);

    internal static StorageCode Get(string code) => ByCode[code];
}
