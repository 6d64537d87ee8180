using System.Collections.Immutable;
using BatchScoring.Models;

namespace BatchScoring.Tests.Testing.Models;

/// <summary>
/// Models and rows of every shape, made from a seed: all missing-value rules, awkward borders and values, one-hot splits, several outputs,
/// symmetric trees of depth 0 to 16, and non-symmetric ones.
/// </summary>
public sealed class RandomModel
{
    private static readonly float[] _awkward =
    [
        0f, -0f, float.Epsilon, -float.Epsilon, 1e-40f, -1e-40f, float.MinValue, float.MaxValue, float.NegativeInfinity,
        float.PositiveInfinity, 1f, MathF.BitIncrement(1f), MathF.BitDecrement(1f),
    ];

    private readonly Random _random;
    private readonly FloatFeature[] _floats;
    private readonly OneHotFeature[] _oneHots;
    private readonly List<double> _leaves = [];
    private readonly int _outputs;
    private readonly int _splits;

    private RandomModel(int seed)
    {
        _random = new(seed);
        _outputs = _random.Next(3) == 0 ? _random.Next(2, 5) : 1;
        int floats = _random.Next(1, 60);
        int categories = _random.Next(3);
        _floats = [.. Enumerable.Range(0, floats).Select(NewFloat)];
        _oneHots = [.. Enumerable.Range(0, categories).Select(NewOneHot)];
        _splits = _floats.Sum(feature => feature.Borders.Length) + _oneHots.Sum(feature => feature.Values.Length);
        Model = new(Parts());
        Table = NewTable(rows: 700);
    }

    public CatBoostModel Model { get; }

    public ModelTable Table { get; }

    public static RandomModel Create(int seed) => new(seed);

    private FloatFeature NewFloat(int index)
    {
        int count = _random.Next(20) == 0 ? 300 : _random.Next(8);
        IOrderedEnumerable<float> borders = Enumerable.Range(0, count).Select(_ => _random.Next(4) == 0 ? Awkward() : Number()).Order();
        return new()
        {
            Index = index,
            FlatIndex = index,
            Borders = [.. borders],
            HasNans = _random.Next(2) == 0,
            NanTreatment = (NanTreatment)_random.Next(3),
        };
    }

    private OneHotFeature NewOneHot(int index) =>
        new() { Feature = index, Values = [.. Enumerable.Range(0, _random.Next(1, 9)).Select(_ => _random.Next(-6, 6))] };

    private float Awkward() => _awkward[_random.Next(_awkward.Length)];

    private float Number() => MathF.Round((_random.NextSingle() * 20) - 10, 1);

    private double Leaf() => _random.Next(20) == 0 ? -0.0 : (_random.NextDouble() - 0.5) * Math.Pow(10, _random.Next(-3, 4));

    private CatBoostModelParts Parts()
    {
        var parts = new CatBoostModelParts
        {
            OutputCount = _outputs,
            FloatFeatures = [.. _floats],
            CategoricalFeatures =
                [.. _oneHots.Select((_, i) => new CategoricalFeature { Index = i, FlatIndex = _floats.Length + i })],
            OneHotFeatures = [.. _oneHots],
            Scale = _random.Next(2) == 0 ? 1 : 0.37,
            Bias = _random.Next(2) == 0 ? [] : [.. Enumerable.Range(0, _outputs).Select(_ => Leaf())],
        };
        parts = _random.Next(3) == 0
            ? parts with { NonSymmetric = NewNonSymmetric(_random.Next(1, 40)) }
            : parts with { Symmetric = NewSymmetric(_random.Next(1, _random.Next(4) == 0 ? 200 : 40)) };
        return parts with { LeafValues = [.. _leaves] };
    }

    private SymmetricTrees NewSymmetric(int trees)
    {
        int usual = _random.Next(9);
        int outliers = _random.Next(2) == 0 ? 12 : int.MaxValue;
        var depths = new List<int>();
        var splits = new List<int>();
        for (int i = 0; i < trees; i++)
        {
            int depth = _splits == 0 ? 0 : _random.Next(outliers) == 0 ? _random.Next(17) : usual;
            depths.Add(depth);
            for (int k = 0; k < depth; k++) splits.Add(_random.Next(_splits));
            for (int k = 0; k < _outputs << depth; k++) _leaves.Add(Leaf());
        }

        return new() { Depths = [.. depths], Splits = [.. splits] };
    }

    private NonSymmetricTrees NewNonSymmetric(int trees)
    {
        var counts = new List<int>();
        var nodes = new List<(int Split, TreeNode Step, uint Leaf)>();
        for (int i = 0; i < trees; i++)
        {
            int before = nodes.Count;
            AddNode(nodes, _splits == 0 ? 0 : _random.Next(10));
            counts.Add(nodes.Count - before);
        }

        return new()
        {
            NodeCounts = [.. counts],
            Splits = [.. nodes.Select(node => node.Split)],
            Nodes = [.. nodes.Select(node => node.Step)],
            LeafOffsets = [.. nodes.Select(node => node.Leaf)],
        };
    }

    /// <summary>Adds a node, then its children; a side without a child ends at the node itself.</summary>
    private void AddNode(List<(int Split, TreeNode Step, uint Leaf)> nodes, int depth)
    {
        int node = nodes.Count;
        nodes.Add(default);
        if (depth == 0)
        {
            nodes[node] = (0, new(0, 0), NewLeaf());
            return;
        }

        ushort left = 0, right = 0;
        if (_random.Next(6) != 0)
        {
            left = (ushort)(nodes.Count - node);
            AddNode(nodes, _random.Next(3) == 0 ? 0 : depth - 1);
        }

        if (left == 0 || _random.Next(6) != 0)
        {
            right = (ushort)(nodes.Count - node);
            AddNode(nodes, _random.Next(3) == 0 ? 0 : depth - 1);
        }

        nodes[node] = (_random.Next(_splits), new(left, right), left == 0 || right == 0 ? NewLeaf() : NonSymmetricTrees.NoLeaf);
    }

    private uint NewLeaf()
    {
        uint offset = (uint)_leaves.Count;
        for (int output = 0; output < _outputs; output++) _leaves.Add(Leaf());
        return offset;
    }

    private ModelTable NewTable(int rows)
    {
        var table = new ModelTable(Model.Inputs, rows);
        for (int column = 0; column < Model.Inputs.Length; column++)
        {
            if (Model.Inputs[column].Kind == ModelInputKind.Categorical)
            {
                foreach (ref int hash in table.Categorical(column)) hash = _random.Next(-8, 8);
                continue;
            }

            ImmutableArray<float> borders = _floats[Model.Inputs[column].Position].Borders;
            foreach (ref float value in table.Numeric(column))
            {
                value = _random.Next(5) switch
                {
                    0 => float.NaN,
                    1 => Awkward(),
                    2 => borders[_random.Next(borders.Length)],
                    3 => MathF.BitIncrement(borders[_random.Next(borders.Length)]),
                    _ => Number(),
                };
            }
        }

        return table;
    }
}
