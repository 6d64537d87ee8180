namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>The trees of a model, for one output, as one row needs them. Immutable.</summary>
internal abstract unsafe class RowTrees
{
    /// <summary>Bytes that must be readable behind the last answer; what they hold does not matter.</summary>
    public const int Padding = 64;

    /// <summary>Makes the fastest form for this processor.</summary>
    public static RowTrees Create(MaskPlan plan, int output) =>
        PermutedRowTrees.Fits(plan) ? new PermutedRowTrees(plan, output) : new PlainRowTrees(plan.Trees, output);

    /// <summary>Sums a row's leaves, strictly in the order of the trees.</summary>
    /// <param name="answers">One byte of 0 or 1 per mask.</param>
    public abstract double Sum(byte* answers);
}
