namespace BatchScoring.Models.Evaluation;

/// <summary>Answers a pass's questions about CTRs: hashes combinations, looks them up, and makes the numbers. Row by row; CTRs are rare.</summary>
internal sealed unsafe class CtrPass
{
    private readonly MaskPlan _plan;
    private readonly MaskKernels _kernels;
    private readonly short[] _maskBits = new short[MaskKernels.PassRows];

    /// <summary>Prepares.</summary>
    public CtrPass(MaskPlan plan, MaskKernels kernels)
    {
        _plan = plan;
        _kernels = kernels;
        for (var row = 0; row < _maskBits.Length; row++) _maskBits[row] = (short)kernels.MaskBitOf(row);
    }

    /// <summary>Sets the masks; those of other kinds of questions must be set already.</summary>
    public void Answer(InputBlock block, int first, int rows, int units, PassWorkspace workspace)
    {
        var projection = -1;
        CtrTable? table = null;
        foreach (var questions in _plan.Ctrs)
        {
            // Neighbours often share combination and table.
            if (questions.Projection != projection)
            {
                projection = questions.Projection;
                Hash(_plan.Projections[projection], block, first, rows, workspace);
                table = null;
            }

            if (questions.Table != table)
            {
                table = questions.Table;
                for (var row = 0; row < rows; row++) workspace.TableRows[row] = table.Find(workspace.Hashes[row]);
            }

            for (var row = 0; row < rows; row++) workspace.Values[row] = CtrMath.ValueAt(questions.Feature, table, workspace.TableRows[row]);
            _kernels.AnswerGreater(
                workspace.Values, units, questions.Borders, missingIsLargest: false,
                workspace.Masks + (questions.FirstMask * MaskKernels.MaskBytes));
        }
    }

    private void Hash(Projection projection, InputBlock block, int first, int rows, PassWorkspace workspace)
    {
        var hashes = workspace.Hashes;
        new Span<ulong>(hashes, rows).Clear();
        foreach (var column in projection.Columns)
        {
            var values = block.Categorical(column) + first;
            for (var row = 0; row < rows; row++) hashes[row] = CtrMath.Mix(hashes[row], (ulong)(long)values[row]);
        }

        foreach (var number in projection.Masks)
        {
            var mask = workspace.Masks + (number * MaskKernels.MaskBytes);
            for (var row = 0; row < rows; row++)
            {
                var bit = _maskBits[row];
                hashes[row] = CtrMath.Mix(hashes[row], (ulong)(mask[bit >> 3] >> (bit & 7)) & 1);
            }
        }
    }
}
