using BatchScoring.Core;
using BatchScoring.Scoring;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Predict;

/// <summary>What can go wrong in <c>predict</c>, one method per failure.</summary>
internal static class PredictErrors
{
    public static BatchScoringException Usage(string text) => new(JobErrors.PredictUsage, text);

    public static BatchScoringException Model(string model, Models.ModelException inner) => new(ModelErrors.Of(inner),
        inner.Message.Contains(model, StringComparison.Ordinal) ? inner.Message : $"{model}: {inner.Message}", inner: inner);

    /// <summary>Where CatBoost refuses, so do we: nothing is set aside here.</summary>
    public static BatchScoringException Cell(string file, long row, CellDefect defect, bool toStandardOutput) => new(CellErrors.Of(defect),
        $"Column '{ShownText.Of(defect.Column)}' of {file}, data row {row + 1} (row number {row} counted from 0): {Reason(defect)} " +
        (toStandardOutput ? "The rows before it may have been written. " : "Nothing was written. ") +
            "'batch-score score' sets such rows aside instead.");

    private static string Reason(CellDefect defect) => defect.Code switch
    {
        DefectCodes.NumberUnreadable =>
            $"'{ShownText.Of(defect.Value)}' is not a number. Correct it, or leave the cell empty where the value is missing.",
        DefectCodes.CategoryNull =>
            "the category is missing, and a model knows texts only. Give missing categories the text that they had in training.",
        DefectCodes.CategoryFractional =>
            $"the category is the number {defect.Value}; a category is text or a whole number. Convert the column to text as in training.",
        _ => $"the category is {defect.Value} in a column of floating-point numbers, and nobody knows whether its text was " +
            $"{defect.Value} or {defect.Value}.0 in training. Convert the column to text or whole numbers.",
    };
}
