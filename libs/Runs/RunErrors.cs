using BatchScoring.Core;

namespace BatchScoring.Runs;

/// <summary>What can go wrong between plan and published result.</summary>
#pragma warning disable CS1591 // Each code's cause, which the errors page shows, is its documentation.
public static class RunErrors
{
    public static ErrorCode PublishedFromOtherInputs { get; } = new("PUBLISHED_FROM_OTHER_INPUTS", ExitCode.InputUnusable,
        "This date is published, from other inputs, model or options; where the models differ, both are named. Use `--revision N " +
        "--reason TEXT`.");

    public static ErrorCode Held { get; } = new("HELD", ExitCode.Held,
        "Too many rows were set aside, or another gate closed. Nothing was published; look at the quarantine, then correct the input or " +
        "say `--release REASON`.");

    public static ErrorCode NothingHeld { get; } = new("NOTHING_HELD", ExitCode.Usage,
        "`--release` was given, but nothing is held. Run without it.");

    public static ErrorCode ReleaseDiffers { get; } = new("RELEASE_DIFFERS", ExitCode.Failed,
        "The released run reached another content than what was held. Nothing was published.");

    public static ErrorCode LostToDifferent { get; } = new("LOST_TO_DIFFERENT", ExitCode.Failed,
        "Another attempt has published, with other content. Both are named: compare them.");

    public static ErrorCode InputSchemasDiffer { get; } = new("INPUT_SCHEMAS_DIFFER", ExitCode.InputUnusable,
        "The files of one dataset have different columns.");

    public static ErrorCode PoolRuleMissing { get; } = new("POOL_RULE_MISSING", ExitCode.InputUnusable,
        "test/ was not made by import, so nobody knows how dates draw from it.");

    public static ErrorCode RowsDoNotAddUp { get; } = new("ROWS_DO_NOT_ADD_UP", ExitCode.Failed,
        "Rows read, scored and set aside do not add up. Nothing was published, except by an import whose `--test-where` "
        + "answers differently each time and which was interrupted between train/ and test/: use a new root.");

    public static ErrorCode TasksUnanswered { get; } = new("TASKS_UNANSWERED", ExitCode.Failed,
        "Not every split was answered.", RetryHelps: true);

    public static ErrorCode TaskFailed { get; } = new("TASK_FAILED", ExitCode.Failed,
        "A task ended without saying why.");

    public static ErrorCode RunFileGone { get; } = new("RUN_FILE_GONE", ExitCode.InputUnusable,
        "A file of an attempt is gone though its result is published. The result is complete.");

    public static ErrorCode RunFileUnreadable { get; } = new("RUN_FILE_UNREADABLE", ExitCode.InputUnusable,
        "A file in an attempt's folder is not what this program writes there.");

    public static ErrorCode PartLostForGood { get; } = new("PART_LOST_FOR_GOOD", ExitCode.Failed,
        "A published part is lost and cannot be made again. Make the next revision; after an import, import into a new root.");

    public static ErrorCode ScoresHeld { get; } = new("SCORES_HELD", ExitCode.Held,
        "The scores of the date are held, so there is nothing to collect or evaluate. Look at the report, then release them or score again.");
}
