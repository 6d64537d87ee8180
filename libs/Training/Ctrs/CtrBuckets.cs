namespace BatchScoring.Training.Ctrs;

/// <summary>
/// Numbers the keys of a projection. Where only so many are told apart, the most frequent ones are, and all other rows share the last
/// number; which of equally frequent ones are, CatBoost's hash table and its selection decide.
/// </summary>
/// <param name="Numbers">Of the keys that are told apart.</param>
/// <param name="Rows">The number of every row.</param>
internal sealed record CtrBuckets(Dictionary<ulong, int> Numbers, int[] Rows)
{
    /// <param name="keys">By row.</param>
    /// <param name="limit">Keys at most.</param>
    /// <param name="expected">Keys that the hash table is made for; 0: unknown.</param>
    public static CtrBuckets Of(ulong[] keys, int limit, long expected = 0)
    {
        Dictionary<ulong, int> counts = [], numbers = [];
        CtrKeyOrder order = new(expected);
        foreach (ulong key in keys)
        {
            if (!counts.TryAdd(key, 1)) counts[key]++;
            else order.Add(key);
        }

        ulong[] all = [.. order.Keys];
        int[] places = all.Length <= limit ? [.. Enumerable.Range(0, all.Length)]
            : MostFrequent.Of([.. all.Select(key => counts[key])], limit);
        foreach (int place in places) numbers.Add(all[place], numbers.Count);
        int rest = numbers.Count - 1;
        return new CtrBuckets(numbers, [.. keys.Select(key => numbers.GetValueOrDefault(key, rest))]);
    }
}
