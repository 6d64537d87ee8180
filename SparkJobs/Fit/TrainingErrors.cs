using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.Training;

namespace BatchScoring.SparkJobs.Fit;

/// <summary>What the errors of libs/Training, which knows nothing of processes, mean for one; and what <c>fit</c> adds to them.</summary>
internal static class TrainingErrors
{
    public static ErrorCode Parameter { get; } = new("TRAINING_PARAMETER", ExitCode.Usage,
        "A parameter of the training has a name that nobody knows or a value that is not allowed, or two of them do not go together.");

    public static ErrorCode Unsupported { get; } = new("TRAINING_UNSUPPORTED", ExitCode.Usage,
        "A parameter asks for something that CatBoost has and this trainer has not. Leave it out, or train with CatBoost.");

    public static ErrorCode Labels { get; } = new("TRAINING_LABELS", ExitCode.InputUnusable,
        "The labels do not fit the loss, some are missing, or all are the same.");

    public static ErrorCode Weights { get; } = new("TRAINING_WEIGHTS", ExitCode.InputUnusable,
        "A weight is negative, missing or no number, or all are zero.");

    public static ErrorCode Rows { get; } = new("TRAINING_ROWS", ExitCode.InputUnusable,
        "There are no rows or columns that anything can be learned from.");

    public static ErrorCode Start { get; } = new("TRAINING_START", ExitCode.InputUnusable,
        "The model, baseline or snapshot that a training is to start from does not fit its rows or parameters, or is damaged.");

    public static ErrorCode Files { get; } = new("TRAINING_FILES", ExitCode.Io,
        "The log files or the snapshot of a training cannot be written. Look at the folder, its rights, and the room on its disk.");

    public static ErrorCode Filter { get; } = new("TRAINING_FILTER", ExitCode.Usage,
        "The SQL that says which rows count cannot be used: it names no column, or is no condition.");

    public static ErrorCode Usage { get; } = new("FIT_USAGE", ExitCode.Usage,
        "`fit` was given options that do not go together.");

    /// <summary>What such an error is called and says.</summary>
    public static ErrorText Text(TrainingException e) => new(e.Fault switch
    {
        TrainingFault.Parameter => Parameter,
        TrainingFault.Unsupported => Unsupported,
        TrainingFault.Labels => Labels,
        TrainingFault.Weights => Weights,
        TrainingFault.Start => Start,
        TrainingFault.Files => Files,
        _ => Rows,
    }, e.Word is null ? e.Message : e.Message + Similar.Hint(e.Word, e.Known));
}
