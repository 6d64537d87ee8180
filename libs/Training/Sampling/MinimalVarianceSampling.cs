using BatchScoring.Training.Random;

namespace BatchScoring.Training.Sampling;

/// <summary>
/// Rows with large derivatives are kept, the others with a probability that falls with theirs and a weight that makes up for it. Block by
/// block, so that the choice does not depend on threads.
/// </summary>
/// <remarks>
/// Source: Ibragimov and Gusev, "Minimal Variance Sampling in Stochastic Gradient Boosting" (2019), as in CatBoost 1.2.10.
/// </remarks>
internal static class MinimalVarianceSampling
{
    private const int BlockRows = 8192;
    private const double NoChance = 2.220446049250313E-16;
    private const float NoWeight = 1.1920929E-07f;

    /// <param name="derivatives">Outputs × rows.</param>
    /// <param name="weights">By row; null: all 1.</param>
    /// <param name="share">Of rows to keep.</param>
    /// <param name="lambda">Added to the squares.</param>
    /// <param name="seed">One draw.</param>
    public static RowSample Draw(double[][] derivatives, float[]? weights, float share, double lambda, ulong seed)
    {
        List<int> rows = [];
        List<double>[] kept = [.. derivatives.Select(_ => new List<double>())];
        List<float> keptWeights = [];
        int all = derivatives[0].Length;
        for (int start = 0; start < all; start += BlockRows)
        {
            int count = Math.Min(BlockRows, all - start);
            double[] sizes = [.. Enumerable.Range(start, count).Select(row => Math.Sqrt(derivatives.Aggregate(lambda, (sum, g) =>
                sum + (g[row] * g[row]))))];
            double threshold = Threshold(sizes, share * count);
            var random = CatBoostRandom.Of(seed + (ulong)(start / BlockRows));
            for (int i = 0; i < count; i++)
            {
                double chance = sizes[i] > threshold ? 1 : sizes[i] / threshold;
                if (!(chance > NoChance) || !(random.NextReal() < chance)) continue;
                float weight = (float)(1 / chance);
                float own = weights is null ? weight : weight * weights[start + i];
                if (own <= NoWeight) continue;
                rows.Add(start + i);
                for (int output = 0; output < kept.Length; output++) kept[output].Add(derivatives[output][start + i] * weight);
                keptWeights.Add(own);
            }
        }

        return new RowSample([.. rows], [.. kept.Select(output => output.ToArray())], [.. keptWeights]);
    }

    /// <summary>Where the chances add up to the size wanted.</summary>
    private static double Threshold(double[] sizes, double wanted)
    {
        double[] sorted = [.. sizes.Order()];
        double small = sorted.Sum();
        for (int large = 0; ; large++)
        {
            double threshold = small / (wanted - large);
            if (large == sorted.Length || sorted[^(large + 1)] <= threshold) return threshold;
            small -= sorted[^(large + 1)];
        }
    }
}
