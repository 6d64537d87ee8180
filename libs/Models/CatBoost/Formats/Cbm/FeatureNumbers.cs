namespace BatchScoring.Models.CatBoost.Formats.Cbm;

/// <summary>Where the feature with a running number stands in its list. Files number 0, 1, 2 …; another numbering is looked up.</summary>
internal sealed class FeatureNumbers
{
    private readonly string _kind;
    private readonly int _count;
    private readonly Dictionary<int, int>? _positions;

    private FeatureNumbers(string kind, int count, Dictionary<int, int>? positions) =>
        (_kind, _count, _positions) = (kind, count, positions);

    public static FeatureNumbers None { get; } = new("", 0, null);

    /// <param name="kind">What the features are, for messages.</param>
    /// <param name="numbers">The features' numbers in the order of their list.</param>
    /// <param name="budget">Pays for the look-up.</param>
    /// <exception cref="ModelException">Two features have the same number.</exception>
    public static FeatureNumbers Of(string kind, int[] numbers, LoadBudget budget)
    {
        if (numbers.AsSpan().SequenceEqual(Enumerable.Range(0, numbers.Length).ToArray())) return new(kind, numbers.Length, null);
        budget.Charge(48L * numbers.Length);
        var positions = new Dictionary<int, int>(numbers.Length);
        for (int i = 0; i < numbers.Length; i++)
            if (!positions.TryAdd(numbers[i], i)) Fault.Invalid($"it has two {kind} features {numbers[i]}");
        return new(kind, numbers.Length, positions);
    }

    public int Resolve(int number)
    {
        int position = number;
        if (!(_positions?.TryGetValue(number, out position) ?? (uint)number < (uint)_count))
            Fault.Invalid($"a split uses {_kind} feature {number}, which does not exist");
        return position;
    }
}
