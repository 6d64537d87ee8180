using BatchScoring.DuckDb;
using BatchScoring.Models;

namespace BatchScoring.Tasks;

/// <summary>
/// Scores blocks into the table. Every row of a block is evaluated and rows are chosen afterwards: bad ones are few, and picking rows out
/// of columns costs more than scoring them.
/// </summary>
/// <remarks>Not thread safe; owns the appender. Allocates nothing per block.</remarks>
internal sealed class ScoreWriter(DuckAppender appender, LoadedModel model, ScoreCounter[] counters) : IDisposable
{
    private const int FirstNumber = 3;

    private readonly double[] _raw = new double[model.Scorer.OutputCount * InputBlock.MaxRows];
    private readonly double[] _columns =
        new double[Math.Max(model.Scores.Columns.Length, model.Raw.Columns.Length) * InputBlock.MaxRows];

    /// <summary>Adds a block.</summary>
    /// <param name="block">The features.</param>
    /// <param name="firstRow">The number of its first row in the file.</param>
    /// <param name="key">Its keys.</param>
    /// <param name="keep">For every row whether it goes into the part.</param>
    public void Append(InputBlock block, long firstRow, DuckVector key, ReadOnlySpan<bool> keep)
    {
        int rows = block.Rows;
        Span<long> numbers = appender.Column<long>(0);
        for (int row = 0; row < rows; row++) numbers[row] = firstRow + row;
        keep.CopyTo(appender.Column<bool>(1));
        appender.Copy(2, key);
        model.Scorer.Score(block, _raw);
        model.Scores.Compute(_raw, rows, _columns);
        for (int column = 0; column < model.Scores.Columns.Length; column++)
            counters[column].Add(CopyColumn(column, FirstNumber + column, rows), keep);
        model.Raw.Compute(_raw, rows, _columns);
        for (int column = 0; column < model.Raw.Columns.Length; column++)
            CopyColumn(column, FirstNumber + model.Scores.Columns.Length + column, rows);
        appender.AppendRows(rows);
    }

    /// <summary>All blocks are in the table afterwards.</summary>
    public void Close() => appender.Close();

    public void Dispose() => appender.Dispose();

    private ReadOnlySpan<double> CopyColumn(int column, int target, int rows)
    {
        ReadOnlySpan<double> values = _columns.AsSpan(column * rows, rows);
        values.CopyTo(appender.Column<double>(target));
        return values;
    }
}
