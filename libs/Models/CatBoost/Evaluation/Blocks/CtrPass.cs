namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>
/// Answers a pass's questions about CTRs: hashes combinations, looks them up, and makes the numbers. Row by row; CTRs are rare.
/// </summary>
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
        for (int row = 0; row < _maskBits.Length; row++) _maskBits[row] = (short)kernels.MaskBitOf(row);
    }

    /// <summary>Sets the masks; those of other kinds of questions must be set already.</summary>
    public void Answer(InputBlock block, int first, int rows, int units, PassWorkspace workspace)
    {
        int projection = -1;
        CtrTable? table = null;
        foreach (CtrQuestions questions in _plan.Ctrs)
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
                for (int row = 0; row < rows; row++) workspace.TableRows[row] = table.Find(workspace.Hashes[row]);
            }

            for (int row = 0; row < rows; row++)
                workspace.Values[row] = CtrMath.ValueAt(questions.Feature, table, workspace.TableRows[row]);
            _kernels.AnswerGreater(
                workspace.Values, units, questions.Borders, missingIsLargest: false,
                workspace.Masks + (questions.FirstMask * MaskKernels.MaskBytes));
        }
    }

    private void Hash(Projection projection, InputBlock block, int first, int rows, PassWorkspace workspace)
    {
        ulong* hashes = workspace.Hashes;
        new Span<ulong>(hashes, rows).Clear();
        foreach (int column in projection.Columns)
        {
            int* values = block.Categorical(column) + first;
            for (int row = 0; row < rows; row++) hashes[row] = CtrMath.Mix(hashes[row], (ulong)(long)values[row]);
        }

        foreach (int number in projection.Masks)
        {
            byte* mask = workspace.Masks + (number * MaskKernels.MaskBytes);
            for (int row = 0; row < rows; row++)
            {
                short bit = _maskBits[row];
                hashes[row] = CtrMath.Mix(hashes[row], (ulong)(mask[bit >> 3] >> (bit & 7)) & 1);
            }
        }
    }
}
