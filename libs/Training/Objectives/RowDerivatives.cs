using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BatchScoring.Training.Objectives;

/// <summary>Weighted derivatives of rows one after another; of the log loss sixteen at a time.</summary>
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
        int row = 0, last = states.Length - Vector512<float>.Count;
        fixed (double* state = states, g = first, h = second)
        fixed (float* label = labels, weight = weights)
        {
            for (; row <= last; row += Vector512<float>.Count)
                OfLogloss(state + row, label + row, weight == null ? null : weight + row, g + row, h + row);
        }

        return row;
    }

    /// <summary>Of sixteen rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void OfLogloss(double* states, float* labels, float* weights, double* first, double* second)
    {
        const int High = 8;
        (Vector512<double> lowLabel, Vector512<double> highLabel) = Vector512.Widen(Vector512.Load(labels));
        (Vector512<double> lowFirst, Vector512<double> lowSecond) = Logloss(Vector512.Load(states), lowLabel);
        (Vector512<double> highFirst, Vector512<double> highSecond) = Logloss(Vector512.Load(states + High), highLabel);
        if (weights != null)
        {
            (Vector512<double> lowWeight, Vector512<double> highWeight) = Vector512.Widen(Vector512.Load(weights));
            (lowFirst, lowSecond) = (lowFirst * lowWeight, lowSecond * lowWeight);
            (highFirst, highSecond) = (highFirst * highWeight, highSecond * highWeight);
        }

        lowFirst.Store(first);
        highFirst.Store(first + High);
        lowSecond.Store(second);
        highSecond.Store(second + High);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> First, Vector512<double> Second) Logloss(Vector512<double> state, Vector512<double> label)
    {
        Vector512<double> p = Vector512<double>.One - (Vector512<double>.One / (Vector512<double>.One + state));
        return (label - p, -p * (Vector512<double>.One - p));
    }
}
