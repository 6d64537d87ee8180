namespace BatchScoring.Training.Ctrs;

/// <summary>How often every key of a projection is there, rows that are measured and not learned from counted as well.</summary>
/// <param name="Numbers">Of the keys: those of the learned rows as they have them, then those that only other rows have.</param>
/// <param name="Totals">By number.</param>
internal sealed record FullCounts(Dictionary<ulong, int> Numbers, int[] Totals)
{
    /// <param name="fold">The learned rows, which know the others.</param>
    /// <param name="projection">What is taken together.</param>
    /// <param name="learned">The learned rows by what they have in it.</param>
    /// <param name="byHash">As the keys were made.</param>
    public static FullCounts Of(Fold fold, Projection projection, CtrBuckets learned, bool byHash)
    {
        Dictionary<ulong, int> numbers = new(learned.Numbers);
        List<int> totals = [.. new int[numbers.Count]];
        foreach (int number in learned.Rows) totals[number]++;
        foreach (Fold other in fold.AlsoCounted)
        {
            for (int row = 0; row < other.Rows; row++)
            {
                ulong key = other.KeyOf(projection, row, byHash);
                if (numbers.TryAdd(key, numbers.Count)) totals.Add(0);
                totals[numbers[key]]++;
            }
        }

        return new FullCounts(numbers, [.. totals]);
    }
}
