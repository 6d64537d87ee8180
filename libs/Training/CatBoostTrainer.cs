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
        if (!parameters.HasTime && table.Columns.Any(column => column is CategoryColumn)) table = table.Reordered(RowSubset.Shuffle(random, table.Rows));
        int[]? seen = table.Rows > RowSubset.BorderRows ? RowSubset.Draw(random, table.Rows, RowSubset.BorderRows) : null;
        RowSubset.SkipFolds(random, table.Rows);
        // Numbers before categories: so candidates are ordered.
        LearnColumn[] learned = [.. table.Columns.Where(column => column is NumericColumn), .. table.Columns.Where(column => column is CategoryColumn)];
        QuantisedColumn[] columns = [.. learned.AsParallel().AsOrdered().WithCancellation(cancellation).Select(column => column switch
        {
            NumericColumn numbers => QuantisedColumn.Of(numbers.Values, parameters.QuantisationOf(column), seen),
            _ => QuantisedColumn.Of(((CategoryColumn)column).Hashes, parameters.QuantisationOf(column) is null ? 0 : parameters.OneHotMaxSize),
        })];
        Loss loss = parameters.Loss;
        double alpha = loss.Number("alpha", 0.5);
        return new CatBoostModel(loss.Function switch
        {
            LossFunction.RMSE => Run(default(RmseObjective)),
            LossFunction.MAE => Run(new QuantileObjective(0.5, loss.Number("delta", 1e-6), isMae: true)),
            LossFunction.Quantile => Run(new QuantileObjective(alpha, loss.Number("delta", 1e-6), isMae: false)),
            LossFunction.MAPE => Run(default(MapeObjective)),
            LossFunction.LogCosh => Run(default(LogCoshObjective)),
            LossFunction.Poisson => Run(default(PoissonObjective)),
            LossFunction.Huber => Run(new HuberObjective(loss.Number("delta", 1))),
            LossFunction.Expectile => Run(new ExpectileObjective(alpha)),
            LossFunction.Lq => Run(new LqObjective(loss.Number("q", 2))),
            LossFunction.Tweedie => Run(new TweedieObjective(loss.Number("variance_power", 1.5))),
            LossFunction.Focal => Run(new FocalObjective(loss.Number("focal_alpha", 0.5), loss.Number("focal_gamma", 1))),
            _ => Run(default(LoglossObjective)),
        });

        CatBoostModelParts Run<TObjective>(TObjective objective)
            where TObjective : struct, IObjective
        {
            Boosting<TObjective> boosting = new(objective, table, columns, parameters, random);
            IReadOnlyList<TrainedTree> trees = boosting.Train(cancellation);
            return ModelParts.Of(table, learned, columns, boosting.Bias, trees);
        }
    }
}
