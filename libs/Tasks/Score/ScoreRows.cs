using BatchScoring.DuckDb;
using BatchScoring.Scoring;
using BatchScoring.Tables;

namespace BatchScoring.Tasks;

/// <summary>
/// Reads and scores a block whenever DuckDB, which writes the part, asks for one. Every row of a block is evaluated and rows are chosen
/// afterwards: bad ones are few, and picking rows out of columns costs more than scoring them.
/// </summary>
/// <remarks>Not thread safe. Allocates nothing per block.</remarks>
internal sealed class ScoreRows(
    ISplitReader reader, RowValidator validator, BlockScores scores, ScoreCounter[] counters, StageClock clock,
        CancellationToken cancellation)
{
    private readonly double[] _values = new double[scores.ColumnCount * ColumnBlock.MaxRows];

    /// <summary>Rows read so far.</summary>
    public long Read { get; private set; }

    /// <summary>Fills the columns of <see cref="ScoreTable.Columns"/>.</summary>
    /// <returns>Rows; 0 at the end.</returns>
    public int Fill(DuckBlock block)
    {
        clock.Book("write");
        cancellation.ThrowIfCancellationRequested();
        bool more = reader.Next();
        clock.Book("read");
        if (!more) return 0;
        Score(block, reader.Rows, validator.Validate(reader));
        Read += reader.Rows;
        clock.Book("evaluate");
        return reader.Rows;
    }

    private void Score(DuckBlock block, int rows, ReadOnlySpan<bool> keep)
    {
        Span<long> numbers = block.Column<long>(ScoreTable.RowNumber);
        long first = reader.FirstRow;
        for (int row = 0; row < rows; row++) numbers[row] = first + row;
        keep.CopyTo(block.Column<bool>(ScoreTable.Keep));
        block.Copy(ScoreTable.Key, reader.Key);
        scores.Compute(reader.Block, _values);
        for (int column = 0; column < scores.ColumnCount; column++)
        {
            ReadOnlySpan<double> values = _values.AsSpan(column * rows, rows);
            values.CopyTo(block.Column<double>(ScoreTable.FirstNumber + column));
            if (column < counters.Length) counters[column].Add(values, keep); // The raw values come behind the scores.
        }
    }
}
