using BatchScoring.Core;

namespace BatchScoring.Scoring;

/// <summary>What can be wrong where a model meets a table.</summary>
#pragma warning disable CS1591 // Each code's cause, which the errors page shows, is its documentation.
public static class ScoringErrors
{
    public static ErrorCode ModelNotFound { get; } = new("MODEL_NOT_FOUND", ExitCode.InputUnusable,
        "There is no such model file, or a folder was named that is none of MLflow's; the text says what it holds.");

    public static ErrorCode ModelChanged { get; } = new("MODEL_CHANGED", ExitCode.InputUnusable,
        "The pinned copy of the model has another hash than planned. Find out who changed it.");

    public static ErrorCode ContractInvalid { get; } = new("CONTRACT_INVALID", ExitCode.Configuration,
        "The model's contract file contradicts itself.");

    public static ErrorCode ScoreColumnsClash { get; } = new("SCORE_COLUMNS_CLASH", ExitCode.Configuration,
        "The result would have two columns of one name. Leave one out, or rename the key.");
}
