namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>The leaf values of a batch of trees, for one output. Immutable and thread safe.</summary>
internal abstract unsafe class LeafTable
{
    /// <summary>Adds each row's leaf values to its sum, strictly in the order of the trees.</summary>
    /// <param name="indices">Leaf numbers: per tree the planes, lowest first, of one byte per row.</param>
    /// <param name="units">Units of 64 rows to compute.</param>
    /// <param name="sums">One per row, in the kernels' order.</param>
    public abstract void Add(byte* indices, int units, double* sums);
}
