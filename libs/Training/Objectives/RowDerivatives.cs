using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Training.Objectives;

/// <summary>Weighted derivatives of rows one after another; of the log loss eight at a time.</summary>
internal static class RowDerivatives
{
    /// <param name="objective">The loss.</param>
    /// <param name="states">By row.</param>
    /// <param name="labels">By row.</param>
    /// <param name="weights">By row; empty: all 1.</param>
    /// <param name="first">Filled, by row.</param>
    /// <param name="second">Filled, by row.</param>
    public static void Of<TObjective>(TObjective objective, ReadOnlySpan<double> states, ReadOnlySpan<float> labels,
        ReadOnlySpan<float> weights, Span<double> first, Span<double> second)
        where TObjective : struct, IObjective
    {
        int row = typeof(TObjective) == typeof(LoglossObjective) ? OfLogloss(states, labels, weights, first, second) : 0;
        for (; row < states.Length; row++)
        {
            (double g, double h) = objective.Derivatives(states[row], labels[row]);
            float weight = weights.IsEmpty ? 1 : weights[row];
            (first[row], second[row]) = (g * weight, h * weight);
        }
    }

    /// <returns>How many rows are done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe int OfLogloss(ReadOnlySpan<double> states, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights,
        Span<double> first, Span<double> second)
    {
        int row = 0, last = states.Length - Vector512<double>.Count;
        fixed (double* state = states, g = first, h = second)
        fixed (float* label = labels, weight = weights)
        {
            for (; row <= last; row += Vector512<double>.Count)
            {
                (Vector512<double> own, Vector512<double> next) = Logloss(state + row, label + row, weight == null ? null : weight + row);
                own.Store(g + row);
                next.Store(h + row);
            }
        }

        return row;
    }

    /// <summary>Of eight rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe (Vector512<double> First, Vector512<double> Second) Logloss(double* states, float* labels, float* weights)
    {
        Vector512<double> p = Vector512<double>.One - (Vector512<double>.One / (Vector512<double>.One + Vector512.Load(states))),
            first = Widened(labels) - p, second = -p * (Vector512<double>.One - p);
        if (weights == null) return (first, second);
        Vector512<double> weight = Widened(weights);
        return (first * weight, second * weight);
    }

    /// <summary>The same, both of a row side by side.</summary>
    /// <param name="states">Of eight rows.</param>
    /// <param name="labels">Of eight rows.</param>
    /// <param name="weights">Of eight rows; null: all 1.</param>
    /// <param name="pairs">Filled, by row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void LoglossPairs(double* states, float* labels, float* weights, Vector128<double>* pairs)
    {
        (Vector512<double> first, Vector512<double> second) = Logloss(states, labels, weights);
        if (Avx512F.IsSupported)
        {
            Avx512F.PermuteVar8x64x2(first, Vector512.Create(0L, 8, 1, 9, 2, 10, 3, 11), second).Store((double*)pairs);
            Avx512F.PermuteVar8x64x2(first, Vector512.Create(4L, 12, 5, 13, 6, 14, 7, 15), second).Store((double*)(pairs + 4));
            return;
        }

        StorePairs(first.GetLower(), second.GetLower(), pairs);
        StorePairs(first.GetUpper(), second.GetUpper(), pairs + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StorePairs(Vector256<double> first, Vector256<double> second, Vector128<double>* pairs)
    {
        if (Avx.IsSupported)
        {
            Vector256<double> even = Avx.UnpackLow(first, second), odd = Avx.UnpackHigh(first, second);
            (pairs[0], pairs[1], pairs[2], pairs[3]) = (even.GetLower(), odd.GetLower(), even.GetUpper(), odd.GetUpper());
            return;
        }

        for (int row = 0; row < Vector256<double>.Count; row++) pairs[row] = Vector128.Create(first[row], second[row]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector512<double> Widened(float* eight)
    {
        if (Avx512F.IsSupported) return Avx512F.ConvertToVector512Double(Vector256.Load(eight));
        (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Load(eight));
        return Vector512.Create(low, high);
    }
}
