using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BatchScoring.Models;
using BatchScoring.Training.Quantising;

namespace BatchScoring.Training.Continuing;

/// <summary>A finished model whose trees stand before those of a training: its raw values are what the training starts from.</summary>
internal sealed class InitModel
{
    private readonly CatBoostModel _model;
    private readonly (int Feature, int Border)[] _splits;

    private InitModel(CatBoostModel model)
    {
        _model = model;
        _splits = [.. model.FloatFeatures.SelectMany((feature, number) => feature.Borders.Select((_, border) => (number, border)))];
    }

    public ImmutableArray<double> Bias => _model.Bias;

    /// <param name="model">The finished model.</param>
    /// <param name="table">What is learned from.</param>
    /// <exception cref="TrainingException">It is of a kind that cannot be gone on from, or of other columns.</exception>
    public static InitModel Of(CatBoostModel model, LearnTable table)
    {
        if (model.Symmetric is null) throw StartErrors.Model("has trees that are not symmetric", "symmetric ones");
        if (model.Symmetric.Depths.Any(depth => depth > TreeParameters.MaxDepth))
            throw StartErrors.Model($"has a tree of {model.Symmetric.Depths.Max()} splits", $"{TreeParameters.MaxDepth} at most");
        if (model.OneHotFeatures.Length > 0 || model.CtrFeatures.Length > 0)
            throw StartErrors.Model("asks for categories", "models of numbers only");
        if (!model.Scale.Equals(1)) throw StartErrors.Model($"has a scale of {model.Scale}", "a scale of 1");
        foreach (FloatFeature feature in model.FloatFeatures.Where(feature => feature.Borders.Length > 0))
        {
            if (feature.FlatIndex >= table.Columns.Count || table.Columns[feature.FlatIndex] is not NumericColumn column)
                throw StartErrors.Model($"asks for column {feature.FlatIndex} {feature.Id} as a number", "the columns of this table");
            if (feature.Id.Length > 0 && column.Name.Length > 0 && feature.Id != column.Name)
                throw StartErrors.Model(
                    $"has column {feature.FlatIndex} named '{feature.Id}', here it is '{column.Name}'", "the same columns");
        }

        return new InitModel(model);
    }

    /// <summary>The borders of a column that the model has; where they fit they are taken over.</summary>
    public float[] BordersOf(int place) =>
        [.. _model.FloatFeatures.Where(feature => feature.FlatIndex == place).SelectMany(feature => feature.Borders)];

    /// <summary>The model's raw values, outputs × rows.</summary>
    public double[][] Raw(LearnTable table)
    {
        BinColumn[] bins = [.. _model.FloatFeatures.Select(feature => feature.Borders.Length == 0 ? BinColumn.None
            : EvalColumns.Bins(((NumericColumn)table.Columns[feature.FlatIndex]).Read(), [.. feature.Borders], feature.NanIsLargest))];
        int outputs = _model.OutputCount, split = 0, first = 0;
        double[][] raw = [.. Enumerable.Range(0, outputs).Select(_ => new double[table.Rows])];
        ushort[] leaves = new ushort[table.Rows];
        foreach (int depth in _model.Symmetric!.Depths)
        {
            Array.Clear(leaves);
            for (int bit = 0; bit < depth; bit++)
            {
                (int feature, int border) = _splits[_model.Symmetric.Splits[split++]];
                bins[feature].MarkAbove(border, leaves, bit);
            }

            for (int output = 0; output < outputs; output++)
                for (int row = 0; row < leaves.Length; row++)
                    raw[output][row] += _model.LeafValues[first + (leaves[row] * outputs) + output];
            first += outputs << depth;
        }

        for (int output = 0; output < _model.Bias.Length; output++)
            for (int row = 0; row < leaves.Length; row++) raw[output][row] += _model.Bias[output];
        return raw;
    }

    /// <summary>This model's trees, then those of a training that started from it.</summary>
    public CatBoostModelParts Before(CatBoostModelParts trained)
    {
        if (Classes(_model.Info) is { } old && Classes(trained.Info) is { } own && !JsonNode.DeepEquals(old, own))
            throw StartErrors.Model($"has the classes {old.ToJsonString()}", $"those of the labels here, {own.ToJsonString()}");
        FloatFeature[] features = [.. trained.FloatFeatures.Select(Together)];
        int[] starts = new int[features.Length + 1];
        for (int feature = 0; feature < features.Length; feature++)
            starts[feature + 1] = starts[feature] + features[feature].Borders.Length;
        int moved = starts[^1] - trained.FloatFeatures.Sum(feature => feature.Borders.Length);
        IEnumerable<int> splits = Numbers(_model.FloatFeatures, _model.Symmetric!.Splits, features, starts, 0)
            .Concat(Numbers(trained.FloatFeatures, trained.Symmetric!.Splits, features, starts, moved));
        double[] bias = [.. Enumerable.Range(0, trained.OutputCount).Select(output =>
            (_model.Bias.Length > 0 ? _model.Bias[output] : 0) + (trained.Bias.Length > 0 ? trained.Bias[output] : 0))];
        return trained with
        {
            FloatFeatures = [.. features],
            Symmetric = new SymmetricTrees
            {
                Depths = [.. _model.Symmetric.Depths, .. trained.Symmetric.Depths],
                Splits = [.. splits],
            },
            LeafValues = [.. _model.LeafValues, .. trained.LeafValues],
            LeafWeights = _model.LeafWeights.Length == 0 ? [] : [.. _model.LeafWeights, .. trained.LeafWeights],
            Bias = bias.All(one => one == 0) ? [] : [.. bias],
        };
    }

    private static JsonNode? Classes(IReadOnlyDictionary<string, string> info) =>
        info.TryGetValue("class_params", out string? text) ? JsonNode.Parse(text) : null;

    /// <summary>The numbers of splits among the borders of both models.</summary>
    private static IEnumerable<int> Numbers(
        ImmutableArray<FloatFeature> own, ImmutableArray<int> splits, FloatFeature[] features, int[] starts, int moved)
    {
        int[] numbers = [.. own.SelectMany(feature =>
        {
            int both = Array.FindIndex(features, one => one.FlatIndex == feature.FlatIndex);
            return feature.Borders.Select(border => starts[both] + features[both].Borders.BinarySearch(border));
        })];
        return splits.Select(split => split < numbers.Length ? numbers[split] : split + moved);
    }

    private FloatFeature Together(FloatFeature trained)
    {
        if (_model.FloatFeatures.FirstOrDefault(feature => feature.FlatIndex == trained.FlatIndex) is not { } old) return trained;
        if (old.HasNans && trained.HasNans && old.NanTreatment != trained.NanTreatment)
            throw StartErrors.Model(
                $"takes missing values of '{trained.Id}' {old.NanTreatment}", $"{trained.NanTreatment}, as this training");
        FloatFeature missing = old.HasNans ? old : trained;
        return new FloatFeature
        {
            Index = trained.Index,
            FlatIndex = trained.FlatIndex,
            Id = trained.Id,
            Borders = [.. old.Borders.Union(trained.Borders).Order()],
            HasNans = missing.HasNans,
            NanTreatment = missing.NanTreatment,
        };
    }
}
