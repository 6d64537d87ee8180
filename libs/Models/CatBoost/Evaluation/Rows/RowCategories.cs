namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>Answers one row's questions about categories and CTRs. Immutable.</summary>
internal sealed unsafe class RowCategories
{
    private readonly MaskPlan _plan;
    private readonly int[] _categoryOf;

    /// <summary>Prepares.</summary>
    /// <param name="plan">The model.</param>
    /// <param name="categoryOf">The number among the categorical inputs of each input column.</param>
    public RowCategories(MaskPlan plan, int[] categoryOf)
    {
        _plan = plan;
        _categoryOf = categoryOf;
    }

    /// <summary>Answers the questions; those about numbers must be answered already.</summary>
    public void Answer(ReadOnlySpan<int> hashes, byte* answers)
    {
        foreach (CategoryQuestions questions in _plan.Categories)
        {
            int hash = hashes[_categoryOf[questions.Column]];
            byte* answer = answers + questions.FirstMask;
            foreach (int value in questions.Values) *answer++ = hash == value ? (byte)1 : (byte)0;
        }

        int projection = -1;
        ulong projected = 0UL;
        foreach (CtrQuestions questions in _plan.Ctrs)
        {
            if (questions.Projection != projection)
            {
                projection = questions.Projection;
                projected = Hash(_plan.Projections[projection], hashes, answers);
            }

            float value = CtrMath.Value(questions.Feature, questions.Table, projected);
            byte* answer = answers + questions.FirstMask;
            foreach (float border in questions.Borders) *answer++ = value > border ? (byte)1 : (byte)0;
        }
    }

    private ulong Hash(Projection projection, ReadOnlySpan<int> hashes, byte* answers)
    {
        ulong hash = 0UL;
        foreach (int column in projection.Columns) hash = CtrMath.Mix(hash, (ulong)(long)hashes[_categoryOf[column]]);
        foreach (int mask in projection.Masks) hash = CtrMath.Mix(hash, answers[mask]);
        return hash;
    }
}
