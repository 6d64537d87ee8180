using System.Collections.Immutable;
using BatchScoring.Models.CatBoost.Importance;

namespace BatchScoring.Models;

/// <summary>
/// How much worse a model's loss would be on some rows without what each column adds to their raw values, as CatBoost 1.2.10 counts it. Of
/// trees that are not symmetric these are the numbers that CatBoost gives for the model in JSON: those for the <c>.cbm</c> do not add up.
/// </summary>
/// <remarks>One caller at a time; <see cref="Scorer"/> is thread safe.</remarks>
public sealed class LossFunctionChange
{
    private const double NoValue = 1e-9;

    private readonly SplitParts _parts;
    private readonly ObjectiveLoss _loss;
    private readonly int _outputs;
    private readonly bool _isCorrected;
    private readonly double[] _sums, _values;
    private double _sum;
    private long _rows;

    /// <summary>Makes the model's trees ready; that takes about a second for 1,000 trees.</summary>
    /// <param name="model">A model for one label, with weights of its leaves.</param>
    /// <param name="isCorrected">
    /// False: what the category columns of a combination do together is shared among all columns of the first such feature, as CatBoost
    /// does. True: among these category columns.
    /// </param>
    /// <exception cref="ModelException">It cannot be counted for this model (<c>IMPORTANCE_UNSUPPORTED</c>).</exception>
    public LossFunctionChange(CatBoostModel model, bool isCorrected = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        (_parts, _loss, _outputs, _isCorrected) = (new SplitParts(model), ObjectiveLoss.For(model), model.OutputCount, isCorrected);
        Scorer = new ContributionScorer(model, _parts);
        for (int leaf = 0; leaf < model.LeafWeights.Length; leaf++)
            if (model.LeafWeights[leaf] == 0
                && model.LeafValues.AsSpan(leaf * _outputs, _outputs).ToArray().Sum(Math.Abs) >= NoValue)
                throw new ModelException(ModelErrorCodes.NoImportance,
                    "A leaf of the model has a value but no training rows, as CatBoost does not train it: what columns add to it cannot be " +
                    "told. Ask for PredictionValuesChange.");
        _sums = new double[_parts.PlayerColumns.Length];
        _values = new double[_outputs];
    }

    /// <summary>Gives what <see cref="Add"/> takes: the raw values, and what columns add to them.</summary>
    public IBlockScorer Scorer { get; }

    /// <summary>Counts rows.</summary>
    /// <param name="scores">What <see cref="Scorer"/> gave, column-major.</param>
    /// <param name="labels">One per row; of several classes the number of the output.</param>
    public void Add(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels)
    {
        int rows = labels.Length;
        for (int row = 0; row < rows; row++)
        {
            for (int output = 0; output < _outputs; output++) _values[output] = scores[(output * rows) + row];
            double loss = _loss.Of(_values, labels[row]);
            _sum += loss;
            for (int player = 0; player < _sums.Length; player++)
            {
                bool isOnTheWay = false;
                for (int output = 0; output < _outputs; output++)
                {
                    double added = scores[((((player + 1) * _outputs) + output) * rows) + row];
                    isOnTheWay |= added != 0;
                    _values[output] = scores[(output * rows) + row] - added;
                }

                _sums[player] += isOnTheWay ? _loss.Of(_values, labels[row]) : loss;
            }
        }

        _rows += rows;
    }

    /// <summary>The change per column of <see cref="ModelDescription.Features"/>, in the units of the loss; 0 of columns not used.</summary>
    /// <exception cref="InvalidOperationException">No row was counted.</exception>
    public ImmutableArray<double> Changes()
    {
        if (_rows == 0) throw new InvalidOperationException("No row was counted.");
        double[] columns = new double[_parts.ColumnCount];
        for (int player = 0; player < _sums.Length; player++)
        {
            double change = Figure(_sums[player]) - Figure(_sum);
            int[] shared = _isCorrected ? _parts.PlayerColumns[player] : _parts.Columns[Array.IndexOf(_parts.Players, player)];
            foreach (int column in shared) columns[column] += change / shared.Length;
        }

        return [.. columns];
    }

    private double Figure(double sum) => _loss.IsRoot ? Math.Sqrt(sum / _rows) : sum / _rows;
}
