namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>How a row's values become a CTR's number. Shared by all evaluators: it is exact, and look-ups dominate its cost.</summary>
internal static class CtrMath
{
    private const ulong Multiplier = 0x4906ba494954cb65;

    /// <summary>The hash of what a row has in a combination.</summary>
    /// <param name="combination">What is taken together.</param>
    /// <param name="floats">A value per numeric feature of the model, missing values already replaced.</param>
    /// <param name="categories">A hash per categorical feature of the model.</param>
    public static ulong Hash(FeatureCombination combination, ReadOnlySpan<float> floats, ReadOnlySpan<int> categories)
    {
        ulong hash = 0UL;
        foreach (int category in combination.Categories) hash = Mix(hash, (ulong)(long)categories[category]);
        foreach (CtrFloatSplit split in combination.FloatSplits) hash = Mix(hash, floats[split.Feature] > split.Border ? 1UL : 0UL);
        foreach (CtrOneHotSplit split in combination.OneHotSplits) hash = Mix(hash, categories[split.Feature] == split.Value ? 1UL : 0UL);
        return hash;
    }

    /// <summary>Takes one more element into a combination's hash, which begins at 0.</summary>
    /// <param name="hash">The hash so far.</param>
    /// <param name="element">A category's hash, sign-extended, or a split's answer, 0 or 1.</param>
    public static ulong Mix(ulong hash, ulong element) => Multiplier * (hash + (Multiplier * element));

    /// <summary>The number that a CTR gives to rows with a hash. Every step is rounded to float32, as CatBoost does.</summary>
    public static float Value(CtrFeature ctr, CtrTable table, ulong hash) => ValueAt(ctr, table, table.Find(hash));

    /// <summary>The number that a CTR gives to rows at a place in its table; -1: a combination that training never saw.</summary>
    public static float ValueAt(CtrFeature ctr, CtrTable table, int row)
    {
        (float good, float total) = Counts(ctr, table, row);
        float ratio = (good + ctr.PriorNumerator) / (total + ctr.PriorDenominator);
        return (ratio + ctr.Shift) * ctr.Scale;
    }

    private static (float Good, float Total) Counts(CtrFeature ctr, CtrTable table, int row)
    {
        switch (table.Key.Type)
        {
            case CtrType.Borders or CtrType.Buckets:
                return row < 0 ? (0, 0) : ClassCounts(ctr, table, table.Cells.AsSpan(row * table.TargetClassCount, table.TargetClassCount));
            case CtrType.BinarizedTargetMeanValue or CtrType.FloatTargetMeanValue:
                return row < 0 ? (0, 0) : (BitConverter.Int32BitsToSingle(table.Cells[2 * row]), table.Cells[(2 * row) + 1]);
            default:
                return (row < 0 ? 0 : table.Cells[row], table.CounterDenominator);
        }
    }

    private static (float Good, float Total) ClassCounts(CtrFeature ctr, CtrTable table, ReadOnlySpan<int> counts)
    {
        int good = 0, total = 0;
        foreach (int count in counts) total += count;
        if (table.Key.Type == CtrType.Buckets) good = counts[ctr.TargetBorderIndex];
        else if (counts.Length <= 2) good = counts[1];
        else foreach (int count in counts[(ctr.TargetBorderIndex + 1)..]) good += count;
        return (good, total);
    }
}
