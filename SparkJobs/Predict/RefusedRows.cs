using BatchScoring.Scoring;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Predict;

/// <summary>
/// A row with a defect ends the job: where CatBoost refuses, so does <c>predict</c>. Rows that are gone from the table are passed over.
/// </summary>
/// <param name="removed">Their numbers, ascending.</param>
/// <param name="file">What messages call the file.</param>
/// <param name="toStandardOutput">Whether rows before it may have been written.</param>
internal sealed class RefusedRows(IReadOnlyList<long> removed, string file, bool toStandardOutput) : IRowValidator
{
    private readonly AscendingRows _removed = new(removed);
    private readonly bool[] _keep = new bool[ColumnBlock.MaxRows];

    public ReadOnlySpan<bool> Validate(ISplitReader reader)
    {
        if (removed.Count == 0)
        {
            Refuse(reader, reader.Defects);
            return default;
        }

        for (int row = 0; row < reader.Rows; row++) _keep[row] = !_removed.Contains(reader.FirstRow + row);
        Refuse(reader, [.. reader.Defects.Where(defect => _keep[defect.Row])]);
        return _keep.AsSpan(0, reader.Rows);
    }

    private void Refuse(ISplitReader reader, IReadOnlyList<CellDefect> defects)
    {
        if (defects.Count == 0) return;
        // The first row at fault; in a column of floating-point categories every row is, so one that shows why goes first.
        CellDefect worst = defects.MinBy(defect => (defect.Code == DefectCodes.CategoryFloating, defect.Row));
        throw PredictErrors.Cell(file, reader.FirstRow + worst.Row, worst, toStandardOutput);
    }
}
