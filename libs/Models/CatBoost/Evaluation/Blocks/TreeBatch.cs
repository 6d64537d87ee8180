namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>Some consecutive trees that go through a pass together.</summary>
/// <param name="Bits">Mask numbers: per tree and plane eight, filled up with zero masks.</param>
/// <param name="Choices">Per tree, what must be computed before its bits are read.</param>
/// <param name="Planes">Index bytes per row and tree.</param>
/// <param name="Tables">Leaf values, one table per output.</param>
internal sealed record TreeBatch(int[] Bits, Choice[][] Choices, int Planes, LeafTable[] Tables)
{
    /// <summary>Cuts a plan's trees into batches, in their order.</summary>
    public static TreeBatch[] Cut(MaskPlan plan, MaskKernels kernels)
    {
        var batches = new List<TreeBatch>();
        MaskTree[] trees = plan.Trees;
        for (int first = 0, end; first < trees.Length; first = end)
        {
            end = first + 1;
            while (end < trees.Length && end - first < MaskKernels.BatchTrees && FitTogether(trees[first], trees[end], kernels)) end++;
            batches.Add(Create(trees.AsSpan(first..end), plan.Model.OutputCount, kernels));
        }

        return [.. batches];
    }

    private static bool FitTogether(MaskTree left, MaskTree right, MaskKernels kernels) =>
        left.Planes == right.Planes && kernels.IsNarrow(left) == kernels.IsNarrow(right);

    private static TreeBatch Create(ReadOnlySpan<MaskTree> trees, int outputs, MaskKernels kernels)
    {
        int planes = trees[0].Planes;
        int[] bits = new int[trees.Length * planes * MaskKernels.PlaneBits];
        Array.Fill(bits, MaskPlan.Zeros);
        var choices = new Choice[trees.Length][];
        for (int i = 0; i < trees.Length; i++)
        {
            trees[i].Bits.CopyTo(bits, i * planes * MaskKernels.PlaneBits);
            choices[i] = trees[i].Choices;
        }

        var tables = new LeafTable[outputs];
        for (int output = 0; output < outputs; output++) tables[output] = kernels.CreateTable(trees, output);
        return new(bits, choices, planes, tables);
    }
}
