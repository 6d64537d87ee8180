namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>
/// Scores row by row, in the plainest way that is right. Every faster evaluator is held against this one; speed is not its purpose.
/// </summary>
internal sealed class ReferenceScorer(CatBoostModel model) : IBlockScorer
{
    public IReadOnlyList<ModelInput> Inputs => model.Inputs;

    public int OutputCount => model.OutputCount;

    public void Score(InputBlock block, Span<double> raw)
    {
        BlockChecks.Check(this, block, raw);
        SplitAnswers rows = new(model);
        double[] sums = new double[OutputCount];
        for (int row = 0; row < block.Rows; row++)
        {
            bool[] answers = rows.Of(block, row);
            Array.Clear(sums);
            if (model.Symmetric is { } symmetric) AddSymmetric(symmetric, answers, sums);
            else AddNonSymmetric(model.NonSymmetric!, answers, sums);
            for (int output = 0; output < sums.Length; output++)
                raw[(output * block.Rows) + row] = ScaleAndBias.Apply(model, output, sums[output]);
        }
    }

    /// <summary>Adds the trees strictly in their order: that order decides the last bits.</summary>
    private void AddSymmetric(SymmetricTrees trees, bool[] answers, double[] sums)
    {
        int firstSplit = 0, firstLeaf = 0;
        foreach (int depth in trees.Depths)
        {
            int leaf = 0;
            for (int level = 0; level < depth; level++)
                if (answers[trees.Splits[firstSplit + level]]) leaf |= 1 << level;
            for (int output = 0; output < sums.Length; output++)
                sums[output] += model.LeafValues[((firstLeaf + leaf) * sums.Length) + output];
            firstSplit += depth;
            firstLeaf += 1 << depth;
        }
    }

    private void AddNonSymmetric(NonSymmetricTrees trees, bool[] answers, double[] sums)
    {
        int root = 0;
        foreach (int count in trees.NodeCounts)
        {
            int node = root;
            while (StepFrom(trees, node, answers) is var step and > 0) node += step;
            for (int output = 0; output < sums.Length; output++) sums[output] += model.LeafValues[(int)trees.LeafOffsets[node] + output];
            root += count;
        }
    }

    private static int StepFrom(NonSymmetricTrees trees, int node, bool[] answers)
    {
        TreeNode step = trees.Nodes[node];
        if (step is { Left: 0, Right: 0 }) return 0;
        return answers[trees.Splits[node]] ? step.Right : step.Left;
    }
}
