using BatchScoring.Scoring;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Predict;

/// <summary>A row with a defect ends the job: where CatBoost refuses, so does <c>predict</c>.</summary>
/// <param name="file">What messages call the file.</param>
/// <param name="toStandardOutput">Whether rows before it may have been written.</param>
internal sealed class RefusedRows(string file, bool toStandardOutput) : IRowValidator
{
    public ReadOnlySpan<bool> Validate(ISplitReader reader)
    {
        if (reader.Defects.Count == 0) return default;
        // The first row at fault; in a column of floating-point categories every row is, so one that shows why goes first.
        CellDefect worst = reader.Defects.MinBy(defect => (defect.Code == DefectCodes.CategoryFloating, defect.Row));
        throw PredictErrors.Cell(file, reader.FirstRow + worst.Row, worst, toStandardOutput);
    }
}
