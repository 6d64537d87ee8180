namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>Collects a model's distinct questions, then numbers them so that questions about one feature stand side by side.</summary>
internal sealed class QuestionBook
{
    private readonly Dictionary<Question, int> _masks = [];
    private Question[]? _sorted;

    /// <summary>Distinct questions, in the order of their masks; adds none from here on.</summary>
    public ReadOnlySpan<Question> Number()
    {
        _sorted = [.. _masks.Keys];
        Array.Sort(_sorted, Compare);
        for (int i = 0; i < _sorted.Length; i++) _masks[_sorted[i]] = MaskPlan.FirstQuestion + i;
        return _sorted;
    }

    /// <summary>Adds the question <c>value &gt; border</c>.</summary>
    public void AddNumber(BinaryFeatureKind kind, int feature, float border)
    {
        if (Normalize(kind, feature, border) is { } question) _masks.TryAdd(question, 0);
    }

    /// <summary>Adds the question <c>hash == value</c>.</summary>
    public void AddCategory(int feature, int value) => _masks.TryAdd(new(BinaryFeatureKind.OneHot, feature, value), 0);

    /// <summary>The mask of the question <c>value &gt; border</c>.</summary>
    public int MaskOfNumber(BinaryFeatureKind kind, int feature, float border) =>
        Normalize(kind, feature, border) is { } question ? _masks[question] : MaskPlan.Zeros;

    /// <summary>The mask of the question <c>hash == value</c>.</summary>
    public int MaskOfCategory(int feature, int value) => _masks[new(BinaryFeatureKind.OneHot, feature, value)];

    /// <summary>
    /// Nothing is greater than infinity, not even a missing value that counts as infinity; and both zeros are the same border.
    /// </summary>
    private static Question? Normalize(BinaryFeatureKind kind, int feature, float border) =>
        float.IsPositiveInfinity(border)
            ? null
            : new Question(kind, feature, BitConverter.SingleToInt32Bits(border == 0 ? 0 : border));

    private static int Compare(Question left, Question right)
    {
        int order = ((int)left.Kind).CompareTo((int)right.Kind);
        if (order == 0) order = left.Feature.CompareTo(right.Feature);
        if (order != 0) return order;
        return left.Kind == BinaryFeatureKind.OneHot
            ? left.Bits.CompareTo(right.Bits)
            : BitConverter.Int32BitsToSingle(left.Bits).CompareTo(BitConverter.Int32BitsToSingle(right.Bits));
    }
}
