using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using BatchScoring.Models;
using BatchScoring.Models.CatBoost.Evaluation;

namespace BatchScoring.Tests.Testing.Models;

/// <summary>
/// Models of a few kilobytes with every kind of feature, CTRs and combinations too, and rows that meet their corners; the same for the same
/// seed.
/// </summary>
public sealed class SmallModel(int seed)
{
    private const int Categories = 6;

    private readonly Random _random = new(seed);

    /// <summary>A model with up to a few features of each kind; null leaves a choice to chance.</summary>
    public CatBoostModel Create(bool? symmetric = null, bool withNumbers = true, bool? withOneHot = null, bool? withCtr = null)
    {
        ImmutableArray<FloatFeature> floats = withNumbers ? Many(1, 5, Float) : [];
        bool oneHot = withOneHot ?? Chance(0.5);
        bool ctr = withCtr ?? Chance(0.5);
        ImmutableArray<CategoricalFeature> categories = oneHot || ctr || !withNumbers ? Many(1, 4, i => Category(i, floats.Length)) : [];
        var parts = new CatBoostModelParts
        {
            OutputCount = Chance(0.7) ? 1 : _random.Next(2, 5),
            FloatFeatures = floats,
            CategoricalFeatures = categories,
            OneHotFeatures = oneHot || !(withNumbers || ctr) ? Many(1, categories.Length + 1, OneHot) : [],
            Scale = Chance(0.7) ? 1 : 0.37,
            Info = new Dictionary<string, string> { ["params"] = """{"loss_function":{"type":"MultiClass"}}""" },
        };
        if (ctr) parts = WithCtrs(parts);
        if (Chance(0.5)) parts = parts with { Bias = [.. Doubles(parts.OutputCount)] };
        int splits = parts.FloatFeatures.Sum(f => f.Borders.Length) + parts.OneHotFeatures.Sum(f => f.Values.Length)
            + parts.CtrFeatures.Sum(f => f.Borders.Length);
        return new CatBoostModel(symmetric ?? Chance(0.5) ? WithSymmetricTrees(parts, splits) : WithNodeTrees(parts, splits));
    }

    /// <summary>Rows around the borders, with missing and infinite values, known and unknown categories.</summary>
    public ModelTable Rows(CatBoostModel model, int rows)
    {
        var table = new ModelTable(model.Inputs, rows);
        for (int column = 0; column < model.Inputs.Length; column++)
        {
            if (model.Inputs[column].Kind == ModelInputKind.Categorical)
            {
                foreach (ref int hash in table.Categorical(column)) hash = Hash(_random.Next(Categories + 2));
                continue;
            }

            ImmutableArray<float> borders = model.FloatFeatures[model.InputFeatures[column]].Borders;
            foreach (ref float value in table.Numeric(column)) value = Value(borders);
        }

        return table;
    }

    private static int Hash(int category) => CategoryHash.Of(Encoding.UTF8.GetBytes(category.ToString(CultureInfo.InvariantCulture)));

    private FloatFeature Float(int index) => new()
    {
        Index = index,
        FlatIndex = index,
        Id = Chance(0.8) ? $"f{index}" : "",
        HasNans = Chance(0.6),
        NanTreatment = (NanTreatment)_random.Next(3),
        Borders = [.. Enumerable.Range(0, _random.Next(1, 8)).Select(_ => (float)((_random.NextDouble() - 0.5) * 4))
            .Append(Chance(0.3) ? float.MinValue : 0).Order()],
    };

    private CategoricalFeature Category(int index, int floats) => new() { Index = index, FlatIndex = floats + index, Id = $"c{index}" };

    private OneHotFeature OneHot(int feature) => new() { Feature = feature, Values = [.. Many(1, 5, Hash)] };

    private CatBoostModelParts WithCtrs(CatBoostModelParts parts)
    {
        var features = new List<CtrFeature>();
        var tables = new Dictionary<CtrKey, CtrTable>();
        foreach (int _ in Enumerable.Range(0, _random.Next(1, 5)))
        {
            var key = new CtrKey(Combination(parts), (CtrType)_random.Next(6), _random.Next(2));
            if (!tables.TryGetValue(key, out CtrTable? table)) tables.Add(key, table = Table(parts, key));
            float prior = _random.Next(-1, 2) * 0.5f;
            features.Add(new CtrFeature
            {
                Key = key,
                TargetBorderIndex = table.TargetClassCount > 1 ? _random.Next(table.TargetClassCount - 1) : 0,
                PriorNumerator = prior,
                PriorDenominator = Chance(0.8) ? 1 : 2,
                Shift = -Math.Min(0, prior),
                Scale = Chance(0.5) ? 15 : 7.5f,
                Borders = [.. Enumerable.Range(0, 15).Where(_ => Chance(0.3)).Append(15).Select(k => k + 0.999999f)],
            });
        }

        return parts with { CtrFeatures = [.. features], CtrTables = [.. tables.Values] };
    }

    private FeatureCombination Combination(CatBoostModelParts parts) => new()
    {
        Categories = [.. Enumerable.Range(0, parts.CategoricalFeatures.Length).Where(category => category == 0 || Chance(0.3))],
        FloatSplits = parts.FloatFeatures.IsEmpty || Chance(0.7) ? [] : [new(0, parts.FloatFeatures[0].Borders[0])],
        OneHotSplits = parts.OneHotFeatures.IsEmpty || Chance(0.6)
            ? []
            : [new(parts.OneHotFeatures[0].Feature, parts.OneHotFeatures[0].Values[0])],
    };

    private CtrTable Table(CatBoostModelParts parts, CtrKey key)
    {
        var hashes = new HashSet<ulong>();
        for (int i = 0; i < 12; i++)
        {
            int[] categories = [.. parts.CategoricalFeatures.Select(_ => Hash(_random.Next(Categories)))];
            float[] floats = [.. parts.FloatFeatures.Select(feature => Value(feature.Borders))];
            hashes.Add(CtrMath.Hash(key.Combination, floats, categories));
        }

        CtrBucket[] buckets = Enumerable.Repeat(new CtrBucket(CtrBucket.Empty, 0), 32).ToArray();
        uint row = 0u;
        foreach (ulong hash in hashes)
        {
            int slot = (int)(hash & 31);
            while (buckets[slot].Hash != CtrBucket.Empty) slot = (slot + 1) & 31;
            buckets[slot] = new(hash, row++);
        }

        int classes = key.Type is CtrType.Borders or CtrType.Buckets ? _random.Next(2, 5) : 0;
        bool mean = key.Type is CtrType.BinarizedTargetMeanValue or CtrType.FloatTargetMeanValue;
        int length = hashes.Count * (mean ? 2 : Math.Max(1, classes));
        IEnumerable<int> cells = Enumerable.Range(0, length).Select(
            i => mean && i % 2 == 0 ? BitConverter.SingleToInt32Bits(_random.NextSingle() * 20) : _random.Next(20));
        return new()
        {
            Key = key,
            Buckets = [.. buckets],
            Cells = [.. cells],
            CounterDenominator = _random.Next(1, 30),
            TargetClassCount = classes
        };
    }

    private CatBoostModelParts WithSymmetricTrees(CatBoostModelParts parts, int splits)
    {
        int[] depths = [.. Many(1, 20, _ => _random.Next(7))];
        return parts with
        {
            Symmetric = new() { Depths = [.. depths], Splits = [.. Many(depths.Sum(), depths.Sum() + 1, _ => _random.Next(splits))] },
            LeafValues = [.. Doubles(depths.Sum(depth => 1 << depth) * parts.OutputCount)],
            LeafWeights = [.. Doubles(depths.Sum(depth => 1 << depth))],
        };
    }

    private CatBoostModelParts WithNodeTrees(CatBoostModelParts parts, int splits)
    {
        var nodes = new List<TreeNode>();
        int[] counts = [.. Many(1, 20, _ => _random.Next(1, 12))];
        foreach (int count in counts)
            for (int node = 0; node < count; node++) nodes.Add(new(Step(count - node), Step(count - node)));
        int leaves = nodes.Count;
        return parts with
        {
            NonSymmetric = new()
            {
                NodeCounts = [.. counts],
                Nodes = [.. nodes],
                Splits = [.. nodes.Select(_ => _random.Next(splits))],
                LeafOffsets = [.. nodes.Select(node => node is { Left: > 0, Right: > 0 }
                    ? NonSymmetricTrees.NoLeaf : (uint)(_random.Next(leaves) * parts.OutputCount))],
            },
            LeafValues = [.. Doubles(leaves * parts.OutputCount)],
        };
    }

    private ushort Step(int nodesLeft) => (ushort)(nodesLeft > 1 && Chance(0.7) ? _random.Next(1, Math.Min(nodesLeft, 4)) : 0);

    private float Value(ImmutableArray<float> borders) => _random.Next(8) switch
    {
        0 => float.NaN,
        1 => float.PositiveInfinity,
        2 => float.NegativeInfinity,
        3 => -0f,
        4 when borders.Length > 0 => borders[_random.Next(borders.Length)],
        5 when borders.Length > 0 => MathF.BitIncrement(borders[_random.Next(borders.Length)]),
        _ => (float)((_random.NextDouble() - 0.5) * 5),
    };

    private bool Chance(double share) => _random.NextDouble() < share;

    private IEnumerable<double> Doubles(int count) => Many(count, count + 1, _ => _random.NextDouble() - 0.5);

    private ImmutableArray<T> Many<T>(int least, int end, Func<int, T> make) =>
        [.. Enumerable.Range(0, _random.Next(least, end)).Select(make)];
}
