namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>
/// A tree of any shape as a table: the bits of its leaf number are masks. For a symmetric tree those are its questions; for others
/// <see cref="Choices"/> computes them.
/// </summary>
/// <param name="Bits">Masks of the leaf number's bits, lowest first.</param>
/// <param name="Leaves">Per output the values by leaf number: <c>1 &lt;&lt; Bits.Length</c>, where the tree is a table.</param>
/// <param name="Choices">Run in this order before <paramref name="Bits"/> are read.</param>
/// <param name="Nodes">The tree as it is, the root first, for whoever scores one row; empty if it is symmetric, or one leaf.</param>
/// <param name="IsTable">False if the tree has <paramref name="Nodes"/> only, since its table would be too large.</param>
internal sealed record MaskTree(int[] Bits, double[][] Leaves, Choice[] Choices, NodeStep[] Nodes, bool IsTable = true)
{
    /// <summary>Index bytes per row.</summary>
    public int Planes => Math.Max(1, (Bits.Length + 7) / 8);
}
