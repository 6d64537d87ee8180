using BatchScoring.DuckDb;
using BatchScoring.Scoring;
using BatchScoring.Tables;

namespace BatchScoring.Tasks;

/// <summary>Hands scored rows, block by block, to DuckDB, which asks for them while it writes the part.</summary>
/// <remarks>Not thread safe. Allocates nothing per block.</remarks>
/// <param name="reader">What the rows are read from.</param>
/// <param name="scored">Its rows, scored.</param>
/// <param name="counters">Counts the first columns of predictions.</param>
/// <param name="features">Counts the columns that were read.</param>
/// <param name="clock">Books where the time goes.</param>
/// <param name="cancellation">Ends it.</param>
internal sealed class ScoreRows(
    ISplitReader reader, ScoredStream scored, ScoreCounter[] counters, FeatureCounts features, StageClock clock,
    CancellationToken cancellation)
{
    private readonly double[] _values = new double[scored.ColumnCount * ColumnBlock.MaxRows];

    /// <summary>Rows read so far.</summary>
    public long Read { get; private set; }

    /// <summary>Fills the columns of <see cref="ScoreTable.Columns"/>.</summary>
    /// <returns>Rows; 0 at the end.</returns>
    public int Fill(DuckBlock block)
    {
        clock.Book("write");
        cancellation.ThrowIfCancellationRequested();
        if (!scored.Next(_values, out ReadOnlySpan<bool> keep)) return 0;
        Fill(block, reader.Rows, keep);
        Read += reader.Rows;
        clock.Book("evaluate");
        return reader.Rows;
    }

    private void Fill(DuckBlock block, int rows, ReadOnlySpan<bool> keep)
    {
        Span<long> numbers = block.Column<long>(ScoreTable.RowNumber);
        long first = reader.FirstRow;
        for (int row = 0; row < rows; row++) numbers[row] = first + row;
        keep.CopyTo(block.Column<bool>(ScoreTable.Keep));
        block.Copy(ScoreTable.Key, reader.Key);
        features.Add(reader.Block);
        for (int column = 0; column < scored.ColumnCount; column++)
        {
            ReadOnlySpan<double> values = _values.AsSpan(column * rows, rows);
            values.CopyTo(block.Column<double>(ScoreTable.FirstNumber + column));
            if (column < counters.Length) counters[column].Add(values, keep); // The raw values come behind the scores.
        }
    }
}
