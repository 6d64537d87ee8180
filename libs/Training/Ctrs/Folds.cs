using BatchScoring.Training.Quantising;
using BatchScoring.Training.Random;
using BatchScoring.Training.Sampling;

namespace BatchScoring.Training.Ctrs;

/// <summary>Makes the orders of the rows.</summary>
internal static class Folds
{
    private const int LargestBlock = 256, BlockShare = 1000;

    /// <summary>The orders to learn by, then the one for leaves; one alone where nothing depends on the order.</summary>
    public static IEnumerable<Fold> Of(
        LearnTable table, QuantisedColumn[] columns, float[]? weights, double[][]? start, TrainingParameters parameters,
        CatBoostRandom random, IReadOnlyList<Fold> evals)
    {
        bool areMany = !parameters.HasTime && columns.Any(column => column.IsCtr);
        string[] categories = [.. columns.Where(column => column.IsCategory).Select(column => table.Columns[column.Place].Name)];
        (CtrPlan plan, CtrTarget[] targets) = CtrPlan.Of(parameters, categories, table.Labels);
        int learning = areMany ? Math.Max(1, parameters.PermutationCount - 1) : 1;
        int block = parameters.FoldPermutationBlock ?? Math.Min(LargestBlock, (table.Rows / BlockShare) + 1);
        for (int fold = 0; fold <= learning; fold++)
        {
            int[]? order = areMany && fold > 0 ? Blocks(random, table.Rows, block) : null;
            RowSubset.SkipFold(random, table.Rows);
            // One order does for both where nothing is permuted; its draws are made twice all the same.
            if (areMany || fold == learning) yield return new Fold(columns, table.Targets, weights, targets, order)
            {
                Plan = plan,
                JoinsSteps = !parameters.IsPlain,
                AlsoCounted = parameters.CounterCalcMethod == CounterCalcMethod.Full ? evals : [],
                Baseline = order is null ? start : start?.Select(values => Array.ConvertAll(order, row => values[row])).ToArray(),
            };
        }
    }

    private static int[] Blocks(CatBoostRandom random, int rows, int block) =>
    [
        .. RowSubset.Shuffle(random, (rows + block - 1) / block)
            .SelectMany(number => Enumerable.Range(number * block, Math.Min(block, rows - (number * block)))),
    ];
}
