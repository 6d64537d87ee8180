using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BatchScoring.Training.Objectives;

/// <summary>
/// The log loss by which CatBoost judges a step: in single precision, in blocks of 4096 rows with four sums each. Its last digits decide
/// whether a step is taken. This is what it is; <see cref="VectorLogloss"/> is how it is summed quickly.
/// </summary>
internal static class FastLogloss
{
    public const int LossRows = 4096, Lanes = 4;

    public static double Mean(double[] states, double[] changes, ushort[] leaves, float[] labels, float[]? weights, int blocks)
    {
        double loss = 0;
        foreach ((int start, int end) in LossBlocks.Of(states.Length, blocks))
        {
            double part = 0;
            for (int block = start; block < end; block += LossRows)
                part += Block(states, changes, leaves, labels, weights, block, Math.Min(block + LossRows, end));
            loss += part;
        }

        return loss / (Weight(states.Length, weights, blocks) + 1e-38);
    }

    /// <summary>What the losses are divided by.</summary>
    public static double Weight(int rows, float[]? weights, int blocks)
    {
        if (weights is null) return rows;
        double weight = 0;
        foreach ((int start, int end) in LossBlocks.Of(rows, blocks))
        {
            double part = 0;
            for (int block = start; block < end; block += LossRows) part += BlockWeight(weights, block, Math.Min(block + LossRows, end));
            weight += part;
        }

        return weight;
    }

    private static double BlockWeight(float[] weights, int start, int end)
    {
        Span<float> sums = stackalloc float[Lanes];
        sums.Clear();
        int whole = end - ((end - start) % Lanes);
        for (int row = start; row < whole; row++) sums[(row - start) % Lanes] += weights[row];
        double sum = sums[0] + sums[1] + (sums[2] + sums[3]);
        for (int row = whole; row < end; row++) sum += weights[row];
        return sum;
    }

    private static double Block(
        double[] states, double[] changes, ushort[] leaves, float[] labels, float[]? weights, int start, int end)
    {
        Span<float> losses = stackalloc float[Lanes];
        losses.Clear();
        int whole = end - ((end - start) % Lanes);
        for (int row = start; row < whole; row++)
        {
            float weight = weights is null ? 1 : weights[row];
            losses[(row - start) % Lanes] += weight * Row(states[row], changes[leaves[row]], labels[row]);
        }

        double loss = losses[0] + losses[1] + (losses[2] + losses[3]);
        for (int row = whole; row < end; row++)
        {
            float weight = weights is null ? 1 : weights[row];
            loss += weight * Rest(states[row], changes[leaves[row]], labels[row]);
        }

        return loss;
    }

    public static float Row(double state, double change, float label)
    {
        float raw = FastLog.Of((float)state) + FastLog.Of((float)change), all = (float)((state * change) + 1);
        return float.IsInfinity(all) ? (1 - label) * raw : FastLog.Of(all) - (label * raw);
    }

    /// <summary>Of eight rows.</summary>
    /// <param name="raw">The moved raw values.</param>
    /// <param name="all">e to them, and 1 more.</param>
    /// <param name="labels">The labels.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Rows(Vector256<float> raw, Vector256<float> all, Vector256<float> labels) => Vector256.ConditionalSelect(
        Vector256.Equals(all, Vector256.Create(float.PositiveInfinity)),
        (Vector256<float>.One - labels) * raw,
        FastLog.Of(all) - (labels * raw));

    /// <summary>Of sixteen rows.</summary>
    /// <param name="raw">The moved raw values.</param>
    /// <param name="all">e to them, and 1 more.</param>
    /// <param name="labels">The labels.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Rows(Vector512<float> raw, Vector512<float> all, Vector512<float> labels)
    {
        Vector512<float> loss = FastLog.Of(all) - (labels * raw), infinity = Vector512.Create(float.PositiveInfinity);
        return !Vector512.EqualsAny(all, infinity) ? loss
            : Vector512.ConditionalSelect(Vector512.Equals(all, infinity), (Vector512<float>.One - labels) * raw, loss);
    }

    /// <summary>Of the last one to three rows, whose terms alone are of single precision.</summary>
    public static double Rest(double state, double change, float label) =>
        (double)FastLog.Of((float)(1 + (state * change))) - (label * (FastLog.Of((float)state) + FastLog.Of((float)change)));
}
