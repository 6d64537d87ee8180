using BatchScoring.Models;
using BatchScoring.Tables;

namespace BatchScoring.Scoring;

/// <summary>
/// What a model answers for the rows of a table, block after block: one way from a reader's columns to columns of answers, whoever takes
/// them.
/// </summary>
/// <remarks>Not thread safe; one per reader. Allocates nothing per block.</remarks>
/// <param name="model">The model.</param>
/// <param name="answers">What is asked for, in the order of the columns.</param>
public sealed class BlockScores(LoadedModel model, IReadOnlyList<Prediction> answers)
{
    private readonly ModelColumns _columns = new(model.Model.Inputs);
    private readonly double[] _raw = new double[model.Scorer.OutputCount * ColumnBlock.MaxRows];

    /// <summary>How many columns of answers a row has.</summary>
    public int ColumnCount { get; } = answers.Sum(answer => answer.Columns.Length);

    /// <summary>Scores a block.</summary>
    /// <param name="block">Of the columns that <see cref="ModelColumns.Bind"/> asks for.</param>
    /// <param name="values">Column-major: all columns × the block's rows.</param>
    public void Compute(ColumnBlock block, Span<double> values)
    {
        model.Scorer.Score(_columns.Of(block), _raw);
        int first = 0;
        foreach (Prediction answer in answers)
        {
            answer.Compute(_raw, block.Rows, values[first..]);
            first += answer.Columns.Length * block.Rows;
        }
    }
}
