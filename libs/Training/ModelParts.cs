using BatchScoring.Models;
using BatchScoring.Training.Ctrs;
using BatchScoring.Training.Quantising;
using BatchScoring.Training.Trees;

namespace BatchScoring.Training;

/// <summary>Puts a finished model together. Only borders and categories that a split uses stand in it.</summary>
internal sealed class ModelParts
{
    private readonly QuantisedColumn[] _columns;
    private readonly int _numbers;
    private readonly int[][] _used;
    private readonly int[] _starts;
    private readonly FinalCtrs _ctrs;

    private ModelParts(QuantisedColumn[] columns, Fold averaging, IReadOnlyList<TrainedTree> trees)
    {
        _columns = columns;
        _numbers = columns.Count(column => !column.IsCategory);
        Split[] splits = [.. trees.SelectMany(tree => tree.Splits)];
        Split[] plain = [.. splits.SelectMany(split => split.Ctr is { } ctr ? ctr.Projection.Floats.Concat(ctr.Projection.OneHots)
            : [split])];
        _used = [.. columns.Select((_, column) => plain.Where(split => split.Column == column).Select(split =>
            split.Number).Distinct().Order().ToArray())];
        _starts = new int[columns.Length + 1];
        for (int column = 0; column < columns.Length; column++) _starts[column + 1] = _starts[column] + _used[column].Length;
        _ctrs = new FinalCtrs(columns, averaging, splits, _starts[^1]);
    }

    /// <param name="names">Of the columns.</param>
    /// <param name="columns">Numbers before categories.</param>
    /// <param name="averaging">The rows in the order that leaves come from.</param>
    /// <param name="bias">Before the first tree, one per output.</param>
    /// <param name="trees">The trees.</param>
    public static CatBoostModelParts Of(
        string[] names, QuantisedColumn[] columns, Fold averaging, double[] bias, IReadOnlyList<TrainedTree> trees)
    {
        ModelParts parts = new(columns, averaging, trees);
        int[] categories = [.. Enumerable.Range(parts._numbers, columns.Length - parts._numbers)];
        return new CatBoostModelParts
        {
            FloatFeatures = [.. Enumerable.Range(0, parts._numbers).Select(column => parts.Number(column, names[column]))],
            CategoricalFeatures = [.. categories.Select(column => parts.Category(column, names[column]))],
            OneHotFeatures = [.. categories.Where(column => parts._used[column].Length > 0).Select(parts.OneHot)],
            CtrFeatures = parts._ctrs.Features,
            CtrTables = parts._ctrs.Tables,
            Symmetric = new SymmetricTrees
            {
                Depths = [.. trees.Select(tree => tree.Splits.Count)],
                Splits = [.. trees.SelectMany(tree => tree.Splits).Select(parts.NumberOf)],
            },
            LeafValues = [.. trees.SelectMany(tree => tree.Values)],
            LeafWeights = [.. trees.SelectMany(tree => tree.Weights)],
            OutputCount = bias.Length,
            Bias = bias.All(one => one == 0) ? [] : [.. bias],
        };
    }

    private int NumberOf(Split split) => split.Ctr is { } ctr
        ? _ctrs.NumberOf(ctr, split.Number)
        : _starts[split.Column] + Array.IndexOf(_used[split.Column], split.Number);

    private FloatFeature Number(int column, string name) => new()
    {
        Index = column,
        FlatIndex = _columns[column].Place,
        Id = name,
        Borders = [.. _used[column].Select(border => _columns[column].Borders[border])],
        HasNans = _columns[column].Missing is not null,
        NanTreatment = _columns[column].Missing ?? NanTreatment.AsIs,
    };

    private CategoricalFeature Category(int column, string name) => new()
    {
        Index = column - _numbers,
        FlatIndex = _columns[column].Place,
        Id = name,
        IsUsed = _used[column].Length > 0 || _ctrs.Features.Any(ctr => ctr.Key.Combination.Categories.Contains(column - _numbers)),
    };

    private OneHotFeature OneHot(int column) => new()
    {
        Feature = column - _numbers,
        Values = [.. _used[column].Select(code => _columns[column].Categories![code])],
    };
}
