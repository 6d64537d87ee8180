using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.Tables;
using BatchScoring.Tables.Csv;
using BatchScoring.Training;

namespace BatchScoring.SparkJobs.Fit;

/// <summary>What can go wrong in <c>fit</c>, one method per failure.</summary>
internal static class FitErrors
{
    public static BatchScoringException Usage(string text) => new(TrainingErrors.Usage, text);

    public static BatchScoringException Filter(string option, string sql, string reason) => new(TrainingErrors.Filter,
        $"{option} is \"{sql}\", which cannot be used: {reason.TrimEnd('.')}. It must be a condition in SQL on the input's columns, such as \"year < 2024\".");

    public static BatchScoringException ColumnsMissing(string table, IReadOnlyList<string> missing, IReadOnlyList<string> names) => new(
        TableErrors.InputColumnsMissing,
        $"{table} has no column {string.Join(", ", missing.Select(ShownText.Of))}. Names count letter by letter."
        + $"{string.Concat(missing.Select(one => Similar.Hint(one, names)))} It has: {string.Join(", ", names.Take(20).Select(ShownText.Of))}"
        + (names.Count > 20 ? FormattableString.Invariant($" and {names.Count - 20} more.") : ".") + DelimiterHint.Of(names));

    public static BatchScoringException LabelCount(LossFunction loss, int found, string allowed) => Usage(
        FormattableString.Invariant($"--label names {found} column{(found == 1 ? "" : "s")}, and the loss {loss} wants {allowed}."));

    public static BatchScoringException NamedTwice(string column) => Usage(
        $"The column {column} is named twice in --label, --weight and --baseline. Each of them wants a column of its own.");

    /// <param name="purpose">As in "to learn from".</param>
    public static BatchScoringException NoRows(string purpose) => new(TrainingErrors.Rows,
        $"There is no row {purpose}. Look at the input, and at the conditions of --where and --eval-where that rows must meet.");

    public static BatchScoringException Label(string file, long row, string column, string found) => new(TrainingErrors.Labels,
        $"Label column '{column}' of {file}, data row {row + 1}: {found} Nothing was trained. Correct it, or leave such rows out with --where.");

    public static BatchScoringException Weight(string file, long row, string column, string found) => new(TrainingErrors.Weights,
        $"Weight column '{column}' of {file}, data row {row + 1}: the weight is {found}; it must be a number from 0. Nothing was trained.");

    public static BatchScoringException Baseline(string file, long row, string column) => new(TrainingErrors.Rows,
        $"Baseline column '{column}' of {file}, data row {row + 1}: the value is missing or infinite. Nothing was trained.");

    public static BatchScoringException AllWeightsZero(string column) => new(TrainingErrors.Weights,
        $"All weights in the column '{column}' are 0, so no row counts. Nothing was trained.");

    public static BatchScoringException MissingForbidden(string column) => new(TrainingErrors.Rows,
        $"The column '{column}' has missing values, and nan_mode is Forbidden. Take nan_mode Min or Max, or leave the column out with --ignore.");

    public static BatchScoringException Cell(string file, long row, CellDefect defect) => new(CellErrors.Of(defect),
        $"Column '{ShownText.Of(defect.Column)}' of {file}, data row {row + 1}: {Reason(defect)} Nothing was trained.");

    private static string Reason(CellDefect defect) => defect.Code switch
    {
        DefectCodes.NumberUnreadable => $"'{ShownText.Of(defect.Value)}' is not a number. If the column holds categories, name it in "
            + "--cat-features; if it is no feature, in --ignore; else correct the cell, or leave it empty where the value is missing.",
        DefectCodes.CategoryNull => "the category is missing, and a model knows texts only. Give missing categories a text of their own.",
        DefectCodes.CategoryFractional =>
            $"the category is the number {defect.Value}; a category is text or a whole number. Convert the column, or learn from it as numbers.",
        _ => $"the category is {defect.Value} in a column of floating-point numbers, and nobody knows whether its text is {defect.Value} or "
            + $"{defect.Value}.0. Convert the column to text or whole numbers.",
    };
}
