using BatchScoring.Models;
using BatchScoring.Tables;

namespace BatchScoring.Scoring;

/// <summary>
/// The rows of a reader with a model's predictions, block after block: the one way from a table's columns to columns of predictions. Those
/// who take the rows differ in where they put them and, by their validator, in what a bad row means.
/// </summary>
/// <remarks>
/// Not thread safe; one per reader, which stays the caller's. Allocates nothing per block. Every row is evaluated and rows are chosen
/// afterwards: bad ones are few, and picking rows out of columns costs more than scoring them.
/// </remarks>
/// <param name="model">The model.</param>
/// <param name="predictions">What is asked for, in the order of the columns.</param>
/// <param name="reader">Has the columns that <see cref="ModelColumns.Bind"/> asks for.</param>
/// <param name="validator">Looks at every block before it is scored.</param>
public sealed class ScoredStream(LoadedModel model, IReadOnlyList<Prediction> predictions, ISplitReader reader, IRowValidator validator)
{
    private readonly ModelColumns _columns = new(model.Model.Inputs);
    private readonly double[] _raw = new double[model.Scorer.OutputCount * ColumnBlock.MaxRows];

    /// <summary>How many columns of predictions a row has.</summary>
    public int ColumnCount { get; } = Columns(predictions);

    /// <summary>Told when a block is read and not yet scored, by those who book the time of each.</summary>
    public Action? WhenRead { get; init; }

    /// <summary>Doubles that a block's predictions need at most.</summary>
    /// <param name="predictions">What is asked for.</param>
    public static int MaxValues(IReadOnlyList<Prediction> predictions) => Columns(predictions) * ColumnBlock.MaxRows;

    /// <summary>Reads, validates and scores the next block; its rows, their numbers and keys are the reader's.</summary>
    /// <param name="values">Receives the predictions, column-major: all columns × the block's rows; see <see cref="MaxValues"/>.</param>
    /// <param name="keep">For every row whether it may be scored; empty where all may. Void at the next call.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="Core.BatchScoringException">The reader cannot go on, or the validator refuses a row.</exception>
    /// <exception cref="OperationCanceledException">The reader was cancelled.</exception>
    public bool Next(Span<double> values, out ReadOnlySpan<bool> keep)
    {
        keep = default;
        bool more = reader.Next();
        WhenRead?.Invoke();
        if (!more) return false;
        keep = validator.Validate(reader);
        model.Scorer.Score(_columns.Of(reader.Block), _raw);
        int first = 0;
        foreach (Prediction prediction in predictions)
        {
            prediction.Compute(_raw, reader.Rows, values[first..]);
            first += prediction.Columns.Length * reader.Rows;
        }

        return true;
    }

    private static int Columns(IReadOnlyList<Prediction> predictions) => predictions.Sum(prediction => prediction.Columns.Length);
}
