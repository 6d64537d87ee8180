namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>What one pass writes while it computes. Used by one thread at a time, then by the next.</summary>
internal sealed unsafe class PassWorkspace
{
    private readonly AlignedMemory _memory;

    /// <summary>Allocates for the plan's largest needs.</summary>
    public PassWorkspace(MaskPlan plan, int maxPlanes)
    {
        long masks = (long)plan.MaskCount * MaskKernels.MaskBytes;
        const long rows = MaskKernels.PassRows;
        long indices = MaskKernels.BatchTrees * maxPlanes * rows;
        long sums = plan.Model.OutputCount * rows * sizeof(double);
        long hashes = plan.Projections.Length == 0 ? 0 : rows * sizeof(ulong);
        long tableRows = plan.Ctrs.Length == 0 ? 0 : rows * sizeof(int);
        long values = plan.Ctrs.Length == 0 ? 0 : rows * sizeof(float);
        _memory = new(masks + indices + sums + hashes + tableRows + values);
        Masks = _memory.Start;
        Indices = Masks + masks;
        Sums = (double*)(Indices + indices);
        Hashes = (ulong*)((byte*)Sums + sums);
        TableRows = (int*)((byte*)Hashes + hashes);
        Values = (float*)((byte*)TableRows + tableRows);
        new Span<byte>(Masks + (MaskPlan.Ones * MaskKernels.MaskBytes), MaskKernels.MaskBytes).Fill(0xFF);
    }

    /// <summary>One mask after the other; those of the constants are set, those of questions hold the last pass's answers.</summary>
    public byte* Masks { get; }

    /// <summary>Leaf numbers of a batch of trees.</summary>
    public byte* Indices { get; }

    /// <summary>The rows' sums, output after output.</summary>
    public double* Sums { get; }

    /// <summary>The rows' hashes for a CTR's table.</summary>
    public ulong* Hashes { get; }

    /// <summary>The rows' places in a CTR's table; -1: not there.</summary>
    public int* TableRows { get; }

    /// <summary>The rows' values of a CTR.</summary>
    public float* Values { get; }
}
