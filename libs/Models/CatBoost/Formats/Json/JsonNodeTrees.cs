using System.Text.Json;

namespace BatchScoring.Models.CatBoost.Formats.Json;

/// <summary>Trees of nested nodes of a JSON model. Every leaf becomes a node of its own.</summary>
internal sealed class JsonNodeTrees
{
    private readonly List<int> _counts = [], _splits = [];
    private readonly List<TreeNode> _nodes = [];
    private readonly List<uint> _offsets = [];
    private readonly List<double> _values = [], _weights = [];
    private int _leaves;

    public JsonNodeTrees(JsonElement trees)
    {
        foreach (JsonElement tree in trees.EnumerateArray())
        {
            int before = _nodes.Count;
            Add(tree);
            _counts.Add(_nodes.Count - before);
        }

        Parts = new CatBoostModelParts
        {
            OutputCount = _leaves == 0 ? 1 : _values.Count / _leaves,
            NonSymmetric = new NonSymmetricTrees
            {
                NodeCounts = [.. _counts],
                Splits = [.. _splits],
                Nodes = [.. _nodes],
                LeafOffsets = [.. _offsets],
            },
            LeafValues = [.. _values],
            LeafWeights = [.. _weights],
        };
    }

    /// <summary>The trees and what their leaves hold.</summary>
    public CatBoostModelParts Parts { get; }

    private void Add(JsonElement node)
    {
        int place = _nodes.Count;
        _nodes.Add(default);
        if (node.TryGetProperty("value", out JsonElement value))
        {
            _leaves++;
            _splits.Add(0);
            _offsets.Add((uint)_values.Count);
            if (value.ValueKind == JsonValueKind.Array) _values.AddRange(value.EnumerateArray().Select(one => one.GetDouble()));
            else _values.Add(value.GetDouble());
            if (node.TryGetProperty("weight", out JsonElement weight)) _weights.Add(weight.GetDouble());
            return;
        }

        _splits.Add(node.GetProperty("split").GetProperty("split_index").GetInt32());
        _offsets.Add(NonSymmetricTrees.NoLeaf);
        Add(node.GetProperty("left"));
        int right = _nodes.Count - place;
        if (right > ushort.MaxValue) Fault.Unsupported($"has a tree of more than {ushort.MaxValue} nodes");
        _nodes[place] = new TreeNode(1, (ushort)right);
        Add(node.GetProperty("right"));
    }
}
