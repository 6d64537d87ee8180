using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BatchScoring.Training.Sampling;

namespace BatchScoring.Training.Trees;

/// <summary>Makes what rows of a sample add to the cells of their bins.</summary>
/// <typeparam name="TPair">Derivative and weight.</typeparam>
internal unsafe interface IPairMaker<TPair>
    where TPair : unmanaged
{
    /// <param name="sample">The rows.</param>
    /// <param name="output">Which derivative.</param>
    /// <param name="start">The first row of the sample.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="pairs">Set: one per row of the sample.</param>
    void Make(RowSample sample, int output, int start, int end, TPair* pairs);
}

/// <summary>A row's derivative and weight, or the sums of several.</summary>
internal readonly struct ExactPair(Vector128<double> both) : IAdditionOperators<ExactPair, ExactPair, ExactPair>
{
    private readonly Vector128<double> _both = both;

    public static ExactPair operator +(ExactPair left, ExactPair right) => new(left._both + right._both);
}

/// <summary>Derivatives and weights as they are.</summary>
internal sealed unsafe class ExactPairs : IPairMaker<ExactPair>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Make(RowSample sample, int output, int start, int end, ExactPair* pairs)
    {
        ReadOnlySpan<double> derivatives = sample.Derivatives[output].AsSpan(0, end);
        ReadOnlySpan<float> weights = sample.Weights.AsSpan(0, end);
        for (int i = start; i < end; i++) pairs[i] = new ExactPair(Vector128.Create(derivatives[i], weights[i]));
    }
}
