using BatchScoring.Models;
using BatchScoring.Training.Objectives;
using BatchScoring.Training.Quantising;
using BatchScoring.Training.Random;
using BatchScoring.Training.Sampling;

namespace BatchScoring.Training;

/// <summary>
/// Trains the model that CatBoost 1.2.10 would: the same borders, the same splits in the same order, the same leaf values to the last bit.
/// The number of threads never changes a bit.
/// </summary>
/// <remarks>Not yet: several outputs, categories above <see cref="TrainingParameters.OneHotMaxSize"/>, eval sets.</remarks>
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
        RowSubset.SkipFolds(random, table.Rows);
        // Numbers before categories: so candidates are ordered.
        LearnColumn[] learned = [.. table.Columns.Where(column => column is NumericColumn), .. table.Columns.Where(column => column is CategoryColumn)];
        QuantisedColumn[] columns = [.. learned.AsParallel().AsOrdered().WithCancellation(cancellation).Select(column => column switch
        {
            NumericColumn numbers => QuantisedColumn.Of(numbers.Values, parameters.QuantisationOf(column), seen),
            _ => QuantisedColumn.Of(((CategoryColumn)column).Hashes, parameters.QuantisationOf(column) is null ? 0 : parameters.OneHotMaxSize),
        })];
        return new CatBoostModel(LossObjectives.Use(parameters.Loss, new Run(table, learned, columns, parameters, random, cancellation)));
    }

    private sealed record Run(LearnTable Table, LearnColumn[] Learned, QuantisedColumn[] Columns, TrainingParameters Parameters,
        CatBoostRandom Random, CancellationToken Cancellation) : IObjectiveUser<CatBoostModelParts>
    {
        public CatBoostModelParts With<TObjective>(TObjective objective)
            where TObjective : struct, IObjective
        {
            Boosting<TObjective> boosting = new(objective, Table, Columns, Parameters, Random);
            IReadOnlyList<TrainedTree> trees = boosting.Train(Cancellation);
            return ModelParts.Of(Table, Learned, Columns, boosting.Bias, trees);
        }
    }
}
