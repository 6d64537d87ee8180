using BatchScoring.Models;
using BatchScoring.Training.Quantising;

namespace BatchScoring.Training;

/// <summary>Puts a finished model together. Only borders and categories that a split uses stand in it.</summary>
internal static class ModelParts
{
    /// <param name="table">What was learned from.</param>
    /// <param name="learned">Its columns, numbers before categories.</param>
    /// <param name="columns">The same, quantised.</param>
    /// <param name="bias">Before the first tree.</param>
    /// <param name="trees">The trees.</param>
    public static CatBoostModelParts Of(
        LearnTable table, LearnColumn[] learned, QuantisedColumn[] columns, double[] bias, IReadOnlyList<TrainedTree> trees)
    {
        int[][] used = [.. columns.Select((_, column) => trees.SelectMany(tree => tree.Splits)
            .Where(split => split.Column == column).Select(split => split.Number).Distinct().Order().ToArray())];
        int[] starts = new int[columns.Length];
        for (int column = 1; column < columns.Length; column++) starts[column] = starts[column - 1] + used[column - 1].Length;
        int numbers = learned.Count(column => column is NumericColumn);
        int Flat(int column) => table.Columns.Index().First(one => ReferenceEquals(one.Item, learned[column])).Index;
        return new CatBoostModelParts
        {
            FloatFeatures = [.. Enumerable.Range(0, numbers).Select(column => new FloatFeature
            {
                Index = column,
                FlatIndex = Flat(column),
                Id = learned[column].Name,
                Borders = [.. used[column].Select(border => columns[column].Borders[border])],
                HasNans = columns[column].Missing is not null,
                NanTreatment = columns[column].Missing ?? NanTreatment.AsIs,
            })],
            CategoricalFeatures = [.. Enumerable.Range(numbers, columns.Length - numbers).Select(column => new CategoricalFeature
            {
                Index = column - numbers,
                FlatIndex = Flat(column),
                Id = learned[column].Name,
                IsUsed = used[column].Length > 0,
            })],
            OneHotFeatures = [.. Enumerable.Range(numbers, columns.Length - numbers).Where(column => used[column].Length > 0)
                .Select(column => new OneHotFeature
                {
                    Feature = column - numbers,
                    Values = [.. used[column].Select(code => columns[column].Categories![code])],
                })],
            Symmetric = new SymmetricTrees
            {
                Depths = [.. trees.Select(tree => tree.Splits.Count)],
                Splits = [.. trees.SelectMany(tree => tree.Splits)
                    .Select(split => starts[split.Column] + Array.IndexOf(used[split.Column], split.Number))],
            },
            LeafValues = [.. trees.SelectMany(tree => tree.Values)],
            LeafWeights = [.. trees.SelectMany(tree => tree.Weights)],
            OutputCount = bias.Length,
            Bias = bias.All(one => one == 0) ? [] : [.. bias],
        };
    }
}
