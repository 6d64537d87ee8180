namespace BatchScoring.Models.CatBoost.Importance;

/// <summary>How much the model's values change with each feature: between leaves that differ in one answer.</summary>
internal static class ValuesChange
{
    public static double[] Of(CatBoostModel model)
    {
        SplitParts parts = new(model);
        WeightedTree[] trees = WeightedTree.Of(model);
        double[] features = new double[parts.Columns.Length];
        if (model.Symmetric is { } symmetric) AddSymmetric(model, symmetric, parts, features);
        else foreach (WeightedTree tree in trees) AddNodes(model, tree, parts, features);

        double[] columns = new double[parts.ColumnCount];
        for (int feature = 0; feature < features.Length; feature++)
            foreach (int column in parts.Columns[feature]) columns[column] += features[feature] / parts.Columns[feature].Length;
        double all = columns.Sum();
        if (all > 0) for (int column = 0; column < columns.Length; column++) columns[column] *= 100 / all;
        return columns;
    }

    private static void AddSymmetric(CatBoostModel model, SymmetricTrees trees, SplitParts parts, double[] features)
    {
        int outputs = model.OutputCount, firstSplit = 0, firstLeaf = 0;
        ReadOnlySpan<double> values = model.LeafValues.AsSpan();
        foreach (int depth in trees.Depths)
        {
            for (int bit = 0; bit < depth; bit++)
            {
                ref double feature = ref features[parts.Features[trees.Splits[firstSplit + bit]]];
                for (int leaf = 0; leaf < 1 << depth; leaf++)
                {
                    if ((leaf >> bit & 1) != 0) continue;
                    int no = firstLeaf + leaf, yes = no + (1 << bit);
                    feature += Change(model.LeafWeights[no], values.Slice(no * outputs, outputs),
                        model.LeafWeights[yes], values.Slice(yes * outputs, outputs));
                }
            }

            firstSplit += depth;
            firstLeaf += 1 << depth;
        }
    }

    private static void AddNodes(CatBoostModel model, WeightedTree tree, SplitParts parts, double[] features)
    {
        int outputs = model.OutputCount;
        double[] means = new double[tree.Weights.Length * outputs];
        for (int node = tree.Weights.Length - 1; node >= 0; node--)
        {
            Span<double> mean = means.AsSpan(node * outputs, outputs);
            if (tree.Leaves[node] >= 0)
            {
                model.LeafValues.AsSpan(tree.Leaves[node] * outputs, outputs).CopyTo(mean);
                continue;
            }

            (int left, int right) = (tree.Left[node], tree.Right[node]);
            ReadOnlySpan<double> no = means.AsSpan(left * outputs, outputs), yes = means.AsSpan(right * outputs, outputs);
            features[parts.Features[tree.Splits[node]]] += Change(tree.Weights[left], no, tree.Weights[right], yes);
            if (tree.Weights[node] == 0) continue;
            for (int output = 0; output < outputs; output++)
                mean[output] = ((no[output] * tree.Weights[left]) + (yes[output] * tree.Weights[right])) / tree.Weights[node];
        }
    }

    private static double Change(double weight, ReadOnlySpan<double> values, double otherWeight, ReadOnlySpan<double> others)
    {
        if (weight == 0 || otherWeight == 0) return 0;
        double change = 0;
        for (int output = 0; output < values.Length; output++)
        {
            double mean = ((values[output] * weight) + (others[output] * otherWeight)) / (weight + otherWeight);
            double one = values[output] - mean, other = others[output] - mean;
            change += (one * one * weight) + (other * other * otherWeight);
        }

        return change;
    }
}
