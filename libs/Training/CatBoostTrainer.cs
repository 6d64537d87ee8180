using System.Collections.Immutable;
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
        int[]? seen = table.Rows > RowSubset.BorderRows ? RowSubset.Draw(random, table.Rows, RowSubset.BorderRows) : null;
        RowSubset.SkipFolds(random, table.Rows);
        QuantisedColumn[] columns = [.. table.Columns.AsParallel().AsOrdered().WithCancellation(cancellation)
            .Select(column => QuantisedColumn.Of(column.Values, parameters.QuantisationOf(column), seen))];
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
            return Parts(table, columns, boosting.Bias, trees);
        }
    }

    /// <summary>Only borders that are used stand in a model.</summary>
    private static CatBoostModelParts Parts(
        LearnTable table, QuantisedColumn[] columns, double bias, IReadOnlyList<TrainedTree> trees)
    {
        int[][] used = [.. columns.Select((_, column) => trees.SelectMany(tree => tree.Splits)
            .Where(split => split.Column == column).Select(split => split.Border).Distinct().Order().ToArray())];
        int[] starts = new int[columns.Length];
        for (int column = 1; column < columns.Length; column++) starts[column] = starts[column - 1] + used[column - 1].Length;
        return new CatBoostModelParts
        {
            FloatFeatures = [.. columns.Select((column, index) => new FloatFeature
            {
                Index = index,
                FlatIndex = index,
                Id = table.Columns[index].Name,
                Borders = [.. used[index].Select(border => column.Borders[border])],
                HasNans = column.Missing is not null,
                NanTreatment = column.Missing ?? NanTreatment.AsIs,
            })],
            Symmetric = new SymmetricTrees
            {
                Depths = [.. trees.Select(tree => tree.Splits.Count)],
                Splits = [.. trees.SelectMany(tree => tree.Splits)
                    .Select(split => starts[split.Column] + Array.IndexOf(used[split.Column], split.Border))],
            },
            LeafValues = [.. trees.SelectMany(tree => tree.Values)],
            LeafWeights = [.. trees.SelectMany(tree => tree.Weights)],
            Bias = bias == 0 ? [] : ImmutableArray.Create(bias),
        };
    }
}
