using System.Collections.Immutable;
using System.Globalization;

namespace BatchScoring.Models;

/// <summary>What must hold in every model, whatever format it came from; evaluators rely on it.</summary>
internal static class ModelChecks
{
    public const int MaxDepth = 30;

    public static void CheckFeatures(CatBoostModelParts parts)
    {
        foreach (FloatFeature feature in parts.FloatFeatures) CheckBorders(feature.Borders, $"numeric feature {feature.Index}");
        foreach (OneHotFeature oneHot in parts.OneHotFeatures) CheckCategory(parts, oneHot.Feature, "a one-hot feature");
        for (int i = 0; i < parts.CtrFeatures.Length; i++)
        {
            CtrFeature ctr = parts.CtrFeatures[i];
            CheckBorders(ctr.Borders, $"CTR feature {i}");
            CheckCombination(parts, ctr.Key.Combination);
        }
    }

    /// <summary>Finds the table of every CTR feature, and checks the tables.</summary>
    public static ImmutableArray<int> FindTables(CatBoostModelParts parts)
    {
        var byKey = new Dictionary<CtrKey, int>(parts.CtrTables.Length);
        for (int i = 0; i < parts.CtrTables.Length; i++)
        {
            CheckTable(parts.CtrTables[i], i);
            if (!byKey.TryAdd(parts.CtrTables[i].Key, i)) Fault.Invalid($"CTR table {i} stands for the same features as another");
        }

        int[] tables = new int[parts.CtrFeatures.Length];
        for (int i = 0; i < tables.Length; i++)
        {
            CtrFeature ctr = parts.CtrFeatures[i];
            if (!byKey.TryGetValue(ctr.Key, out tables[i])) Fault.Invalid($"CTR feature {i} has no table");
            CheckTarget(ctr, parts.CtrTables[tables[i]], i);
        }

        return [.. tables];
    }

    public static void CheckTrees(CatBoostModelParts parts, int binaryFeatures)
    {
        if (parts.OutputCount < 1) Fault.Invalid($"it has {parts.OutputCount} outputs per row");
        if (!parts.Bias.IsEmpty && parts.Bias.Length != parts.OutputCount)
            Fault.Invalid($"it has {parts.Bias.Length} bias values for {parts.OutputCount} outputs");
        // CatBoost refuses to load such a model; it would answer NaN or infinity for every row.
        if (!double.IsFinite(parts.Scale) || !parts.Bias.All(double.IsFinite))
            Fault.Invalid(string.Create(CultureInfo.InvariantCulture,
                $"its scale is {parts.Scale}, its bias {string.Join(", ", parts.Bias)}"));
        if ((parts.Symmetric is null) == (parts.NonSymmetric is null)) Fault.Invalid("its trees are neither symmetric nor non-symmetric");
        if ((parts.Symmetric?.Depths.Length ?? parts.NonSymmetric!.NodeCounts.Length) == 0)
            throw new ModelException(ModelErrorCodes.Empty, "The model has no trees, so it has nothing to say; CatBoost refuses it too.");
        if (parts.Symmetric is { } symmetric) CheckSymmetric(parts, symmetric, binaryFeatures);
        else CheckNonSymmetric(parts, parts.NonSymmetric!, binaryFeatures);
        if (!parts.LeafWeights.IsEmpty && (long)parts.LeafWeights.Length * parts.OutputCount != parts.LeafValues.Length)
            Fault.Invalid($"it has {parts.LeafWeights.Length} leaf weights for {parts.LeafValues.Length} leaf values");
    }

    private static void CheckSymmetric(CatBoostModelParts parts, SymmetricTrees trees, int binaryFeatures)
    {
        long splits = 0, leafValues = 0;
        foreach (int depth in trees.Depths)
        {
            if (depth is < 0 or > MaxDepth) Fault.Invalid($"a tree has depth {depth}");
            splits += depth;
            leafValues += (1L << depth) * parts.OutputCount;
            if (leafValues > int.MaxValue) Fault.Invalid("its trees need more than 2^31 leaf values");
        }

        if (splits != trees.Splits.Length) Fault.Invalid($"its trees have {splits} splits, {trees.Splits.Length} are listed");
        if (leafValues != parts.LeafValues.Length)
            Fault.Invalid($"its trees need {leafValues} leaf values, it has {parts.LeafValues.Length}");
        foreach (int split in trees.Splits) CheckSplit(split, binaryFeatures);
    }

    private static void CheckNonSymmetric(CatBoostModelParts parts, NonSymmetricTrees trees, int binaryFeatures)
    {
        if (trees.Nodes.Length != trees.Splits.Length || trees.LeafOffsets.Length != trees.Splits.Length)
            Fault.Invalid($"it has {trees.Splits.Length} node splits, {trees.Nodes.Length} node steps, {trees.LeafOffsets.Length} node leaves");
        long end = 0, leaves = 0;
        foreach (int count in trees.NodeCounts)
        {
            if (count < 1 || end + count > trees.Nodes.Length)
                Fault.Invalid($"a tree of {count} nodes does not fit into the list of nodes");
            end += count;
            for (int node = (int)end - count; node < end; node++)
                if (CheckNode(parts, trees, node, (int)end, binaryFeatures)) leaves++;
        }

        // Each leaf has values of its own; shared ones would let a small file ask for a huge sum.
        if (leaves * parts.OutputCount > parts.LeafValues.Length)
            Fault.Invalid($"its trees have {leaves} leaves of {parts.OutputCount} values, it has {parts.LeafValues.Length}");
        if (end != trees.Nodes.Length) Fault.Invalid($"its trees have {end} nodes, {trees.Nodes.Length} are listed");
    }

    /// <returns>True if the node holds a leaf.</returns>
    private static bool CheckNode(CatBoostModelParts parts, NonSymmetricTrees trees, int node, int end, int binaryFeatures)
    {
        TreeNode step = trees.Nodes[node];
        if (step.Left >= end - node || step.Right >= end - node) Fault.Invalid($"node {node} leads out of its tree");
        if (step is not { Left: 0, Right: 0 }) CheckSplit(trees.Splits[node], binaryFeatures);
        if (step.Left != 0 && step.Right != 0) return false;
        if ((long)trees.LeafOffsets[node] + parts.OutputCount > parts.LeafValues.Length)
            Fault.Invalid($"node {node} has its leaf at {trees.LeafOffsets[node]} of {parts.LeafValues.Length} leaf values");
        return true;
    }

    private static void CheckSplit(int split, int binaryFeatures)
    {
        if ((uint)split >= (uint)binaryFeatures) Fault.Invalid($"a tree uses split {split} of {binaryFeatures}");
    }

    private static void CheckBorders(ImmutableArray<float> borders, string feature)
    {
        for (int i = 0; i < borders.Length; i++)
            if (float.IsNaN(borders[i]) || (i > 0 && borders[i] < borders[i - 1]))
                Fault.Invalid($"the borders of {feature} do not ascend", feature);
    }

    private static void CheckCategory(CatBoostModelParts parts, int category, string user)
    {
        if ((uint)category >= (uint)parts.CategoricalFeatures.Length)
            Fault.Invalid($"{user} uses a categorical feature that does not exist");
    }

    private static void CheckCombination(CatBoostModelParts parts, FeatureCombination combination)
    {
        foreach (int category in combination.Categories) CheckCategory(parts, category, "a CTR");
        foreach (CtrOneHotSplit split in combination.OneHotSplits) CheckCategory(parts, split.Feature, "a CTR");
        foreach (CtrFloatSplit split in combination.FloatSplits)
            if ((uint)split.Feature >= (uint)parts.FloatFeatures.Length || float.IsNaN(split.Border))
                Fault.Invalid("a CTR uses a numeric split that does not exist");
    }

    private static void CheckTable(CtrTable table, int number)
    {
        if (!Enum.IsDefined(table.Key.Type)) Fault.Invalid($"CTR table {number} has the unknown type {(int)table.Key.Type}");
        int count = table.Buckets.Length;
        if (count == 0 || (count & (count - 1)) != 0) Fault.Invalid($"CTR table {number} has {count} slots, which is not a power of two");
        if (table.RowLength < 1 || (table.Key.Type == CtrType.Borders && table.RowLength < 2))
            Fault.Invalid($"CTR table {number} has {table.RowLength} target classes");
        if (table.Cells.Length % table.RowLength != 0) Fault.Invalid($"CTR table {number} ends within a row");
        uint rows = (uint)(table.Cells.Length / table.RowLength);
        int free = 0;
        foreach (CtrBucket bucket in table.Buckets)
        {
            if (bucket.Hash == CtrBucket.Empty) free++;
            else if (bucket.Index >= rows) Fault.Invalid($"CTR table {number} points to row {bucket.Index} of {rows}");
        }

        if (free == 0) Fault.Invalid($"CTR table {number} has no free slot, so a look-up would not end");
    }

    private static void CheckTarget(CtrFeature ctr, CtrTable table, int number)
    {
        if (ctr.Key.Type is not (CtrType.Borders or CtrType.Buckets)) return;
        if ((uint)ctr.TargetBorderIndex >= (uint)table.TargetClassCount)
            Fault.Invalid($"CTR feature {number} asks for target class {ctr.TargetBorderIndex} of {table.TargetClassCount}");
    }
}
