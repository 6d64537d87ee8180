using System.Globalization;
using BatchScoring.Models;

namespace BatchScoring.SparkJobs.Inspect;

/// <summary>What a tree asks, in words that do not depend on how its model numbers borders, and what its leaves hold.</summary>
/// <param name="Questions">Level by level of a symmetric tree; else of a node, of all that is below its no, then its yes; a leaf's is empty.</param>
/// <param name="Leaves">Outputs of leaf after leaf.</param>
internal sealed record TreeContent(string[] Questions, double[] Leaves)
{
    public static IEnumerable<TreeContent> Of(CatBoostModel model) => model.Symmetric is { } symmetric ? Of(model, symmetric)
        : Of(model, model.NonSymmetric!);

    /// <summary>Whether both ask the same.</summary>
    public bool AsksAs(TreeContent other) => Questions.AsSpan().SequenceEqual(other.Questions);

    /// <summary>How far the leaves are apart at most; null if there are not as many. 0 only where all bits are the same.</summary>
    public double? Distance(TreeContent other) => Leaves.Length != other.Leaves.Length ? null : Leaves.Zip(other.Leaves, (one, another) =>
        BitConverter.DoubleToInt64Bits(one) == BitConverter.DoubleToInt64Bits(another) ? 0 : Math.Max(Math.Abs(one - another), double.Epsilon))
        .DefaultIfEmpty().Max();

    private static IEnumerable<TreeContent> Of(CatBoostModel model, SymmetricTrees trees)
    {
        int split = 0, leaf = 0;
        foreach (int depth in trees.Depths)
        {
            int values = (1 << depth) * model.OutputCount;
            yield return new TreeContent([.. trees.Splits.AsSpan(split, depth).ToArray().Select(number => Question(model, number))],
                model.LeafValues.AsSpan(leaf, values).ToArray());
            split += depth;
            leaf += values;
        }
    }

    private static IEnumerable<TreeContent> Of(CatBoostModel model, NonSymmetricTrees trees)
    {
        int root = 0;
        foreach (int count in trees.NodeCounts)
        {
            List<string> questions = [];
            List<double> leaves = [];
            Walk(model, trees, root, questions, leaves);
            yield return new TreeContent([.. questions], [.. leaves]);
            root += count;
        }
    }

    /// <summary>A leaf may have a node of its own, or lie in its parent's: formats differ in that.</summary>
    private static void Walk(CatBoostModel model, NonSymmetricTrees trees, int node, List<string> questions, List<double> leaves)
    {
        TreeNode steps = trees.Nodes[node];
        if (steps is not { Left: 0, Right: 0 })
        {
            questions.Add(Question(model, trees.Splits[node]));
            Side(steps.Left);
            Side(steps.Right);
        }
        else Leaf();

        void Side(int step)
        {
            if (step == 0) Leaf();
            else Walk(model, trees, node + step, questions, leaves);
        }

        void Leaf()
        {
            questions.Add("");
            leaves.AddRange(model.LeafValues.AsSpan((int)trees.LeafOffsets[node], model.OutputCount));
        }
    }

    private static string Question(CatBoostModel model, int number)
    {
        BinaryFeature asked = model.BinaryFeatureAt(number);
        switch (asked.Kind)
        {
            case BinaryFeatureKind.Float:
                FloatFeature feature = model.FloatFeatures[asked.Feature];
                return Line($"{Name(feature.Id, feature.FlatIndex)} > {feature.Borders[asked.Threshold]:R}");
            case BinaryFeatureKind.OneHot:
                OneHotFeature oneHot = model.OneHotFeatures[asked.Feature];
                return Line($"{Category(model, oneHot.Feature)} = #{oneHot.Values[asked.Threshold]}");
            default:
                CtrFeature ctr = model.CtrFeatures[asked.Feature];
                FeatureCombination together = ctr.Key.Combination;
                IEnumerable<string> parts = together.Categories.Select(category => Category(model, category))
                    .Concat(together.FloatSplits.Select(split =>
                        Line($"{Name(model.FloatFeatures[split.Feature].Id, model.FloatFeatures[split.Feature].FlatIndex)} > {split.Border:R}")))
                    .Concat(together.OneHotSplits.Select(split => Line($"{Category(model, split.Feature)} = #{split.Value}")));
                return Line($"{ctr.Key.Type}({string.Join(", ", parts)}; prior {ctr.PriorNumerator:R}/{ctr.PriorDenominator:R}, target {ctr.TargetBorderIndex}) > {ctr.Borders[asked.Threshold]:R}");
        }
    }

    private static string Category(CatBoostModel model, int category) =>
        Name(model.CategoricalFeatures[category].Id, model.CategoricalFeatures[category].FlatIndex);

    private static string Name(string id, int place) => id.Length > 0 ? id : Line($"{place}");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
