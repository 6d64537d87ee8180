using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.Scoring;
using BatchScoring.Tables;

namespace BatchScoring.Tasks;

/// <summary>
/// Reads and scores a block whenever DuckDB, which writes the part, asks for one. Every row of a block is evaluated and rows are chosen
/// afterwards: bad ones are few, and picking rows out of columns costs more than scoring them.
/// </summary>
/// <remarks>Not thread safe. Allocates nothing per block.</remarks>
internal sealed class ScoreRows(
    ISplitReader reader, RowJudge judge, LoadedModel model, ScoreCounter[] counters, StageClock clock, CancellationToken cancellation)
{
    private readonly ModelColumns _block = new(model.Inputs);
    private readonly double[] _raw = new double[model.Scorer.OutputCount * InputBlock.MaxRows];
    private readonly double[] _columns =
        new double[Math.Max(model.Scores.Columns.Length, model.Raw.Columns.Length) * InputBlock.MaxRows];

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
        Score(block, reader.Rows, judge.Judge(reader));
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
        model.Scorer.Score(_block.Of(reader.Block), _raw);
        model.Scores.Compute(_raw, rows, _columns);
        for (int column = 0; column < model.Scores.Columns.Length; column++)
            counters[column].Add(CopyColumn(block, column, ScoreTable.FirstNumber + column, rows), keep);
        model.Raw.Compute(_raw, rows, _columns);
        for (int column = 0; column < model.Raw.Columns.Length; column++)
            CopyColumn(block, column, ScoreTable.FirstNumber + model.Scores.Columns.Length + column, rows);
    }

    private ReadOnlySpan<double> CopyColumn(DuckBlock block, int column, int target, int rows)
    {
        ReadOnlySpan<double> values = _columns.AsSpan(column * rows, rows);
        values.CopyTo(block.Column<double>(target));
        return values;
    }
}
