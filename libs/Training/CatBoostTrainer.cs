using BatchScoring.Models;
using BatchScoring.Training.Ctrs;
using BatchScoring.Training.Quantising;
using BatchScoring.Training.Random;
using BatchScoring.Training.Sampling;

namespace BatchScoring.Training;

/// <summary>
/// Trains the model that CatBoost 1.2.10 would: the same borders, the same splits in the same order, the same leaf values to the last bit.
/// The number of threads never changes a bit.
/// </summary>
/// <remarks>Not yet: eval sets.</remarks>
public static class CatBoostTrainer
{
    /// <summary>Trains.</summary>
    /// <param name="table">Rows to learn from; is not changed.</param>
    /// <param name="parameters">As CatBoost calls them.</param>
    /// <param name="cancellation">Ends it between two trees.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static CatBoostModel Train(LearnTable table, TrainingParameters parameters, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(parameters);
        CatBoostRandom random = new(parameters.RandomSeed);
        if (!parameters.HasTime && table.Columns.Any(column => column is CategoryColumn))
            table = table.Reordered(RowSubset.Shuffle(random, table.Rows));
        int[]? seen = table.Rows > RowSubset.BorderRows ? RowSubset.Draw(random, table.Rows, RowSubset.BorderRows) : null;
        // Numbers before categories: so candidates are ordered.
        (LearnColumn Column, int Place)[] learned = [.. table.Columns.Select((column, place) => (column, place)).OrderBy(one =>
            one.column is CategoryColumn)];
        QuantisedColumn[] columns = [.. learned.AsParallel().AsOrdered().WithCancellation(cancellation)
            .Select(one => Quantise(one.Column, parameters, seen) with { Place = one.Place })];
        float[]? weights = RowWeights.Of(table, parameters);
        double lambda = parameters.L2 * ((weights is null ? table.Rows : weights.Sum(weight => (double)weight)) / table.Rows);
        Fold[] folds = [.. Folds.Of(table, columns, weights, parameters, random)];
        Boosting boosting = new(folds, lambda, parameters, random);
        IReadOnlyList<TrainedTree> trees = boosting.Train(cancellation);
        return new CatBoostModel(ModelParts.Of([.. learned.Select(one => one.Column.Name)], columns, folds[^1], boosting.Bias, trees));
    }

    private static QuantisedColumn Quantise(LearnColumn column, TrainingParameters parameters, int[]? seen) => column switch
    {
        NumericColumn numbers => QuantisedColumn.Of(numbers.Values, parameters.QuantisationOf(column), seen),
        _ => QuantisedColumn.Of(((CategoryColumn)column).Hashes, parameters.QuantisationOf(column) is null ? null
            : parameters.OneHotMaxSize),
    };
}
