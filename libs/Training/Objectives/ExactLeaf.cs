namespace BatchScoring.Training.Objectives;

/// <summary>Leaves that are the best constant of their rows, found by sorting or by halving an interval.</summary>
internal static class ExactLeaf
{
    private const double Tiny = 2.220446049250313E-16;
    private const int FewRows = 100, Rounds = 100;

    /// <summary>The weighted quantile, moved by delta as CatBoost moves it.</summary>
    public static float Quantile(float[] values, float[]? weights, double alpha, double delta)
    {
        if (values.Length == 0) return 0;
        if (alpha <= 0) return values.Min();
        double total = weights is null ? values.Length : weights.Sum(weight => (double)weight), wanted = (alpha * total) - Tiny;
        double Below(Func<float, bool> holds)
        {
            double sum = 0;
            for (int i = 0; i < values.Length; i++) if (holds(values[i])) sum += weights?[i] ?? 1;
            return sum;
        }

        float value = values.Length < FewRows ? BySorting(values, weights, wanted) : ByHalving(values, weights, wanted);
        if (delta <= 0) return value;
        double less = Below(one => one < value), equal = Below(one => one == value);
        return (float)(less + (equal * alpha) >= wanted ? value - delta : value + delta);
    }

    /// <summary>Where the sum of tanh is 0.</summary>
    public static float LogCosh(float[] values)
    {
        if (values.Length == 0) return 0;
        double low = values.Min(), high = values.Max();
        for (int round = 0; round < Rounds && high - low > 1e-9; round++)
        {
            double middle = (low + high) / 2;
            if (values.Sum(value => Math.Tanh(middle - value)) > 0) high = middle;
            else low = middle;
        }

        return (float)low;
    }

    private static float BySorting(float[] values, float[]? weights, double wanted)
    {
        double sum = 0;
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        foreach (int i in order)
        {
            sum += weights?[i] ?? 1;
            if (sum >= wanted) return values[i];
        }

        return values[order[^1]];
    }

    private static float ByHalving(float[] values, float[]? weights, double wanted)
    {
        double low = values.Min() - Tiny, high = values.Max();
        for (int round = 0; round < Rounds; round++)
        {
            double middle = (low + high) / 2, sum = 0;
            for (int i = 0; i < values.Length; i++) if (values[i] <= middle) sum += weights?[i] ?? 1;
            if (sum < wanted) low = middle;
            else high = middle;
        }

        return (float)high;
    }
}
