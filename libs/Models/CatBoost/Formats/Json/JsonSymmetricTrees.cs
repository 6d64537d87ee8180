using System.Text.Json;

namespace BatchScoring.Models.CatBoost.Formats.Json;

/// <summary>Symmetric trees of a JSON model.</summary>
internal static class JsonSymmetricTrees
{
    public static CatBoostModelParts Read(JsonElement trees)
    {
        List<int> depths = [], splits = [];
        List<double> values = [], weights = [];
        long leaves = 0;
        foreach (JsonElement tree in trees.EnumerateArray())
        {
            JsonElement[] own = tree.GetProperty("splits") is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];
            depths.Add(own.Length);
            splits.AddRange(own.Select(split => split.GetProperty("split_index").GetInt32()));
            values.AddRange(Numbers(tree, "leaf_values"));
            weights.AddRange(Numbers(tree, "leaf_weights"));
            if (own.Length > ModelChecks.MaxDepth) Fault.Invalid($"a tree has depth {own.Length}");
            leaves += 1L << own.Length;
        }

        return new CatBoostModelParts
        {
            OutputCount = leaves == 0 ? 1 : (int)(values.Count / leaves),
            Symmetric = new SymmetricTrees { Depths = [.. depths], Splits = [.. splits] },
            LeafValues = [.. values],
            LeafWeights = [.. weights],
        };
    }

    private static IEnumerable<double> Numbers(JsonElement tree, string name) =>
        tree.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(value => value.GetDouble()) : [];
}
