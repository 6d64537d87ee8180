using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BatchScoring.Training.Objectives;

namespace BatchScoring.Training.Metrics;

/// <summary>
/// The log loss; of rows whose raw values are kept as exponents through CatBoost's logarithm of single precision, which is off by about
/// 5e-5.
/// </summary>
internal static class LogLoss
{
    public static double Of(MetricRows rows) => rows.Exponents is { } exponents ? OfExponents(rows, exponents) : OfRaw(rows);

    private static double OfRaw(MetricRows rows)
    {
        double loss = 0;
        foreach ((int start, int end) in LossBlocks.Of(rows.Count, rows.Parts))
        {
            loss += Part(
                rows.Raw[0].AsSpan(start..end), rows.Targets[0].AsSpan(start..end),
                rows.Weights is null ? [] : rows.Weights.AsSpan(start..end));
        }

        return loss / rows.Weight;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Part(ReadOnlySpan<double> raw, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        Vector512<double> sum = Vector512<double>.Zero;
        int row = 0;
        for (; row <= raw.Length - Vector512<double>.Count; row += Vector512<double>.Count)
        {
            Vector512<double> a = Vector512.Create(raw[row..]), y = Widened(labels[row..]),
                small = Vector512.Log(Vector512<double>.One + Vector512.Exp(-Vector512.Abs(a))),
                loss = Vector512.Max(a, Vector512<double>.Zero) + small - (y * a);
            sum += weights.IsEmpty ? loss : loss * Widened(weights[row..]);
        }

        double all = Vector512.Sum(sum);
        for (; row < raw.Length; row++) all += RowLosses.Logloss(raw[row], labels[row]) * (weights.IsEmpty ? 1 : weights[row]);
        return all;
    }

    private static Vector512<double> Widened(ReadOnlySpan<float> values)
    {
        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(Vector256.Create(values));
        return Vector512.Create(lower, upper);
    }

    private static double OfExponents(MetricRows rows, double[] exponents)
    {
        double loss = 0;
        foreach ((int start, int end) in LossBlocks.Of(rows.Count, rows.Parts))
        {
            double part = 0;
            for (int block = start; block < end; block += FastLogloss.LossRows)
                part += Block(rows, exponents, block, Math.Min(block + FastLogloss.LossRows, end));
            loss += part;
        }

        return loss / FastLogloss.Weight(rows.Count, rows.Weights, rows.Parts);
    }

    /// <summary>In four sums of single precision; the last one to three rows in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Block(MetricRows rows, double[] exponents, int start, int end)
    {
        ReadOnlySpan<float> labels = rows.Targets[0], weights = rows.Weights;
        Vector128<float> sums = Vector128<float>.Zero;
        int whole = end - ((end - start) % FastLogloss.Lanes), row = start;
        for (; row <= whole - Vector256<float>.Count; row += Vector256<float>.Count)
        {
            Vector256<double> first = Vector256.Create(exponents, row), second = Vector256.Create(exponents, row + Vector256<double>.Count);
            Vector256<float> loss = FastLogloss.Rows(
                FastLog.Of(Vector256.Narrow(first, second)),
                Vector256.Narrow(first + Vector256<double>.One, second + Vector256<double>.One),
                Vector256.Create(labels[row..]));
            if (!weights.IsEmpty) loss *= Vector256.Create(weights[row..]);
            sums += loss.GetLower();
            sums += loss.GetUpper();
        }

        for (; row < whole; row++)
        {
            int lane = (row - start) % FastLogloss.Lanes;
            sums = sums.WithElement(lane, sums[lane] + (rows.WeightOf(row) * FastLogloss.Row(exponents[row], 1, labels[row])));
        }

        double sum = sums[0] + sums[1] + (sums[2] + sums[3]);
        for (; row < end; row++)
        {
            sum += rows.WeightOf(row)
                * ((double)FastLog.Of((float)(exponents[row] + 1)) - (labels[row] * FastLog.Of((float)exponents[row])));
        }

        return sum;
    }
}
