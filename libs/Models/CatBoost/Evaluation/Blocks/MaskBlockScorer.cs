using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>
/// Scores blocks of rows by masks, in passes of 512 rows: every distinct question is answered once for all rows of the pass; then, batch
/// after batch of trees, answers become leaf numbers and these become sums. The kernels do the three steps with one instruction set.
/// </summary>
internal sealed unsafe class MaskBlockScorer : IBlockScorer
{
    // Columns lie in memory far from each other: each is fetched while earlier ones are computed, first to the second-level cache.
    private const int NearPrefetch = 2;
    private const int FarPrefetch = 8;

    private readonly MaskPlan _plan;
    private readonly MaskKernels _kernels;
    private readonly TreeBatch[] _batches;
    private readonly CtrPass _ctrs;
    private readonly int _maxPlanes;
    private readonly short[] _sumPlaces = new short[MaskKernels.PassRows];
    private readonly ConcurrentQueue<PassWorkspace> _workspaces = new();

    /// <summary>Makes a scorer.</summary>
    /// <param name="plan">The model.</param>
    /// <param name="kernels">The instruction set.</param>
    public MaskBlockScorer(MaskPlan plan, MaskKernels kernels)
    {
        _plan = plan;
        _kernels = kernels;
        Inputs = plan.Model.Inputs;
        _batches = TreeBatch.Cut(plan, kernels);
        _ctrs = new(plan, kernels);
        _maxPlanes = _batches.Max(batch => batch.Planes);
        for (int row = 0; row < _sumPlaces.Length; row++) _sumPlaces[row] = (short)kernels.SumPlaceOf(row);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ModelInput> Inputs { get; }

    /// <inheritdoc/>
    public int OutputCount => _plan.Model.OutputCount;

    /// <inheritdoc/>
    public void Score(InputBlock block, Span<double> raw)
    {
        BlockChecks.Check(this, block, raw);
        if (!_workspaces.TryDequeue(out PassWorkspace? workspace)) workspace = new(_plan, _maxPlanes);
        for (int first = 0; first < block.Rows; first += MaskKernels.PassRows)
            ScorePass(block, first, Math.Min(MaskKernels.PassRows, block.Rows - first), workspace, raw);
        _workspaces.Enqueue(workspace);
    }

    private void ScorePass(InputBlock block, int first, int rows, PassWorkspace workspace, Span<double> raw)
    {
        int units = (rows + MaskKernels.UnitRows - 1) / MaskKernels.UnitRows;
        Answer(block, first, rows, units, workspace);
        new Span<double>(workspace.Sums, _plan.Model.OutputCount * MaskKernels.PassRows).Clear();
        foreach (TreeBatch batch in _batches) AddTrees(batch, units, workspace);
        for (int output = 0; output < _plan.Model.OutputCount; output++)
        {
            double* sums = workspace.Sums + (output * MaskKernels.PassRows);
            Span<double> target = raw.Slice((output * block.Rows) + first, rows);
            for (int row = 0; row < target.Length; row++) target[row] = ScaleAndBias.Apply(_plan.Model, output, sums[_sumPlaces[row]]);
        }
    }

    private void Answer(InputBlock block, int first, int rows, int units, PassWorkspace workspace)
    {
        NumericQuestions[] numerics = _plan.Numerics;
        for (int i = 0; i < numerics.Length; i++)
        {
            if (Sse.IsSupported) Prefetch(block, first, units, i);
            NumericQuestions questions = numerics[i];
            _kernels.AnswerGreater(
                block.Numeric(questions.Column) + first, units, questions.Borders, questions.MissingIsLargest,
                workspace.Masks + (questions.FirstMask * MaskKernels.MaskBytes));
        }

        foreach (CategoryQuestions questions in _plan.Categories)
        {
            _kernels.AnswerEqual(
                block.Categorical(questions.Column) + first, units, questions.Values,
                workspace.Masks + (questions.FirstMask * MaskKernels.MaskBytes));
        }

        _ctrs.Answer(block, first, rows, units, workspace);
    }

    private void Prefetch(InputBlock block, int first, int units, int current)
    {
        const int lineFloats = 16;
        int count = units * MaskKernels.UnitRows;
        if (current + NearPrefetch < _plan.Numerics.Length)
        {
            float* near = block.Numeric(_plan.Numerics[current + NearPrefetch].Column) + first;
            for (int i = 0; i < count; i += lineFloats) Sse.Prefetch0(near + i);
        }

        if (current + FarPrefetch < _plan.Numerics.Length)
        {
            float* far = block.Numeric(_plan.Numerics[current + FarPrefetch].Column) + first;
            for (int i = 0; i < count; i += lineFloats) Sse.Prefetch1(far + i);
        }
    }

    private void AddTrees(TreeBatch batch, int units, PassWorkspace workspace)
    {
        fixed (int* allBits = batch.Bits)
        {
            int* bits = allBits;
            byte* indices = workspace.Indices;
            foreach (Choice[] choices in batch.Choices)
            {
                if (choices.Length > 0) Choose(choices, workspace.Masks);
                for (int plane = 0; plane < batch.Planes; plane++)
                {
                    _kernels.Transpose(workspace.Masks, bits, indices);
                    bits += MaskKernels.PlaneBits;
                    indices += MaskKernels.PassRows;
                }
            }
        }

        for (int output = 0; output < batch.Tables.Length; output++)
            batch.Tables[output].Add(workspace.Indices, units, workspace.Sums + (output * MaskKernels.PassRows));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Choose(Choice[] choices, byte* masks)
    {
        foreach ((int result, int question, int ifYes, int ifNo) in choices)
        {
            var chosen = Vector512.ConditionalSelect(
                Vector512.Load(masks + (question * MaskKernels.MaskBytes)),
                Vector512.Load(masks + (ifYes * MaskKernels.MaskBytes)),
                Vector512.Load(masks + (ifNo * MaskKernels.MaskBytes)));
            chosen.Store(masks + (result * MaskKernels.MaskBytes));
        }
    }
}
