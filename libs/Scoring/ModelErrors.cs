using BatchScoring.Core;
using BatchScoring.Models;

namespace BatchScoring.Scoring;

/// <summary>What the errors of libs/Models, which knows nothing of processes, mean for one.</summary>
#pragma warning disable CS1591 // Each code's cause, which the errors page shows, is its documentation.
public static class ModelErrors
{
    public static ErrorCode UnknownFormat { get; } = new(ModelErrorCodes.UnknownFormat, ExitCode.InputUnusable,
        "The file is no model in a format that is read here; the text says what it looks like and which formats are known.");

    public static ErrorCode UnknownVersion { get; } = new(ModelErrorCodes.UnknownVersion, ExitCode.InputUnusable,
        "The format is known, its version is not.");

    public static ErrorCode Unsupported { get; } = new(ModelErrorCodes.Unsupported, ExitCode.InputUnusable,
        "The model uses something that is not supported, named in the text: text or embedding features, an unknown part.");

    public static ErrorCode Corrupt { get; } = new(ModelErrorCodes.Corrupt, ExitCode.InputUnusable,
        "The file is damaged: an offset, count or size does not fit.");

    public static ErrorCode Invalid { get; } = new(ModelErrorCodes.Invalid, ExitCode.InputUnusable,
        "The file is readable, but what it says does not make a model.");

    public static ErrorCode Empty { get; } = new(ModelErrorCodes.Empty, ExitCode.InputUnusable,
        "The model has no trees.");

    public static ErrorCode Inflated { get; } = new(ModelErrorCodes.Inflated, ExitCode.InputUnusable,
        "The file claims much more content than its size can hold.");

    public static ErrorCode TooLarge { get; } = new(ModelErrorCodes.TooLarge, ExitCode.InputUnusable,
        "The file is larger than 2 GiB.");

    public static ErrorCode UnknownEvaluator { get; } = new(ModelErrorCodes.UnknownEvaluator, ExitCode.Configuration,
        "`BATCHSCORING_EVALUATOR` names an evaluator that does not exist or cannot run on this processor. Unset it.");

    public static ErrorCode NoSuchPrediction { get; } = new(ModelErrorCodes.NoSuchPrediction, ExitCode.InputUnusable,
        "The prediction type does not fit the model, or is none that CatBoost spells so.");

    public static ErrorCode NoImportance { get; } = new(ModelErrorCodes.NoImportance, ExitCode.InputUnusable,
        "The importance that was asked for cannot be counted for this model; the text says why and what can.");

    /// <summary>What such an error means for a process.</summary>
    /// <param name="error">The library's own error.</param>
    public static ErrorCode Of(ModelException error) => Array.Find(All(), code => code.Name == error.Code)
        ?? throw new InvalidOperationException($"{error.Code} stands in no catalogue.", error);

    private static ErrorCode[] All() =>
        [UnknownFormat, UnknownVersion, Unsupported, Corrupt, Invalid, Empty, Inflated, TooLarge, UnknownEvaluator, NoSuchPrediction, NoImportance];
}
