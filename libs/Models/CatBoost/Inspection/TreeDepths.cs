namespace BatchScoring.Models.CatBoost.Inspection;

/// <summary>The longest way of every tree, in splits.</summary>
internal static class TreeDepths
{
    public static IEnumerable<int> Of(CatBoostModel model) =>
        model.Symmetric is { } symmetric ? symmetric.Depths : OfNodes(model.NonSymmetric!);

    private static IEnumerable<int> OfNodes(NonSymmetricTrees trees)
    {
        // Children stand behind their parents, so one walk forward meets every parent first.
        int root = 0;
        int[] splitsAbove = new int[trees.Nodes.Length];
        foreach (int count in trees.NodeCounts)
        {
            int deepest = 0;
            for (int node = root; node < root + count; node++)
            {
                (ushort left, ushort right) = trees.Nodes[node];
                if (left == 0 && right == 0) continue;
                int below = splitsAbove[node] + 1;
                deepest = Math.Max(deepest, below);
                if (left != 0) splitsAbove[node + left] = Math.Max(splitsAbove[node + left], below);
                if (right != 0) splitsAbove[node + right] = Math.Max(splitsAbove[node + right], below);
            }

            yield return deepest;
            root += count;
        }
    }
}
