namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>
/// What differs between instruction sets. A pass has up to 512 rows, in units of 64. Its three stages: questions to mask bits, mask bits to
/// leaf numbers, leaf numbers to sums (<see cref="LeafTable"/>). Each kernel orders the rows within a mask and within the sums as its
/// shuffles like best; nobody else needs to know, except by <see cref="MaskBitOf"/> and <see cref="SumPlaceOf"/>. Stateless.
/// </summary>
internal abstract unsafe class MaskKernels
{
    /// <summary>Rows of a full pass, and so bits of a mask.</summary>
    public const int PassRows = 512;

    /// <summary>Rows of a unit: kernels compute whole units, whatever lies behind the last row.</summary>
    public const int UnitRows = 64;

    /// <summary>Bytes of a mask.</summary>
    public const int MaskBytes = PassRows / 8;

    /// <summary>Bits of a leaf number that one index byte holds.</summary>
    public const int PlaneBits = 8;

    /// <summary>Trees whose leaf numbers are made before their leaves are added: the numbers stay in the first-level cache.</summary>
    public const int BatchTrees = 16;

    /// <summary>Answers <c>value &gt; border</c> for whole units of rows.</summary>
    /// <param name="column">Values, in row order.</param>
    /// <param name="units">Units to compute, 1 to 8.</param>
    /// <param name="borders">One per question.</param>
    /// <param name="missingIsLargest">NaN answers yes; otherwise no.</param>
    /// <param name="masks">The first question's mask; the others follow.</param>
    public abstract void AnswerGreater(float* column, int units, ReadOnlySpan<float> borders, bool missingIsLargest, byte* masks);

    /// <summary>Answers <c>hash == value</c> for whole units of rows.</summary>
    /// <param name="column">Hashes, in row order.</param>
    /// <param name="units">Units to compute, 1 to 8.</param>
    /// <param name="values">One per question.</param>
    /// <param name="masks">The first question's mask; the others follow.</param>
    public abstract void AnswerEqual(int* column, int units, ReadOnlySpan<int> values, byte* masks);

    /// <summary>Transposes eight masks: one byte per row whose bit <c>k</c> is the row's bit of the k-th mask.</summary>
    /// <param name="masks">All masks.</param>
    /// <param name="bits">Eight mask numbers, the lowest bit's first.</param>
    /// <param name="indices">512 bytes; <see cref="SumPlaceOf"/> or the table's own order says which byte is which row's.</param>
    public abstract void Transpose(byte* masks, int* bits, byte* indices);

    /// <summary>Makes the last stage for a batch of trees.</summary>
    /// <param name="trees">Up to <see cref="BatchTrees"/> trees that <see cref="IsNarrow"/> treats alike.</param>
    /// <param name="output">Which of a leaf's values.</param>
    public virtual LeafTable CreateTable(ReadOnlySpan<MaskTree> trees, int output) => new ScalarLeafTable(trees, output, sumPlaces: null);

    /// <summary>True if the tree's leaves have a faster table; batches do not mix narrow and other trees.</summary>
    public virtual bool IsNarrow(MaskTree tree) => false;

    /// <summary>Which bit of a mask is a row's.</summary>
    public abstract int MaskBitOf(int row);

    /// <summary>Which of a pass's sums is a row's.</summary>
    public abstract int SumPlaceOf(int row);
}
