using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BatchScoring.Training.Random;

namespace BatchScoring.Training.Sampling;

/// <summary>
/// Rows with large derivatives are kept, the others with a probability that falls with theirs and a weight that makes up for it. Block by
/// block, so that the choice does not depend on threads.
/// </summary>
/// <remarks>
/// Source: Ibragimov and Gusev, "Minimal Variance Sampling in Stochastic Gradient Boosting" (2019), as in CatBoost 1.2.10.
/// </remarks>
/// <param name="rows">Of the table.</param>
/// <param name="outputs">Derivatives per row.</param>
/// <param name="share">Of rows to keep.</param>
/// <param name="workers">Share the blocks.</param>
internal sealed class MinimalVarianceSampling(int rows, int outputs, float share, Workers workers)
{
    private const int BlockRows = 8192, BlocksEach = 4;
    private const double NoChance = 2.220446049250313E-16;
    private const float NoWeight = 1.1920929E-07f;

    /// <summary>Of the blocks that are looked at together.</summary>
    private readonly (double[] Chances, double[] Reals, float[] Weights)[] _together =
    [
        .. Enumerable.Range(0, Math.Min(workers.Count == 1 ? 1 : BlocksEach * workers.Count, (rows + BlockRows - 1) / BlockRows))
            .Select(_ => (new double[BlockRows], new double[BlockRows], new float[BlockRows])),
    ];

    private readonly RowSample _sample = new(new int[rows + KeptRows.Beyond],
        [.. Enumerable.Range(0, outputs).Select(_ => new double[rows + KeptRows.Beyond])], new float[rows + KeptRows.Beyond]);

    /// <param name="derivatives">Outputs × rows.</param>
    /// <param name="weights">By row; null: all 1.</param>
    /// <param name="lambda">Added to the squares.</param>
    /// <param name="seed">One draw.</param>
    public RowSample Draw(double[][] derivatives, float[]? weights, double lambda, ulong seed)
    {
        int kept = 0, blocks = (rows + BlockRows - 1) / BlockRows;
        for (int first = 0; first < blocks; first += _together.Length)
        {
            int from = first, count = Math.Min(_together.Length, blocks - first);
            workers.ForAll(count, (block, _) => Look(block, from + block, derivatives, lambda, seed));
            for (int block = 0; block < count; block++) kept = Keep(derivatives, weights, block, (first + block) * BlockRows, kept);
        }

        _sample.Count = kept;
        return _sample;
    }

    private void Look(int place, int block, double[][] derivatives, double lambda, ulong seed)
    {
        int start = block * BlockRows;
        Span<double> chances = _together[place].Chances.AsSpan(0, Math.Min(BlockRows, rows - start));
        SampleThreshold.Sizes(derivatives, start, lambda, chances);
        double threshold = SampleThreshold.Of(chances, share * chances.Length);
        var random = CatBoostRandom.Of(seed + (ulong)block);
        Span<double> reals = _together[place].Reals.AsSpan(0, chances.Length);
        if (ToChances(chances, threshold, _together[place].Weights)) random.NextReals(reals);
        else
        {
            // Rows without a chance draw nothing.
            for (int i = 0; i < reals.Length; i++) reals[i] = chances[i] > NoChance ? random.NextReal() : double.NaN;
        }
    }

    /// <summary>Sizes become chances, and the weights that make up for them.</summary>
    /// <returns>Whether every row has one.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool ToChances(Span<double> sizes, double threshold, Span<float> weights)
    {
        Vector512<double> limit = Vector512.Create(threshold), least = Vector512.Create(NoChance), have = Vector512<double>.AllBitsSet;
        int row = 0;
        for (; row <= sizes.Length - Vector512<float>.Count; row += Vector512<float>.Count)
        {
            int high = row + Vector512<double>.Count;
            Vector512<double> first = Vector512.Create<double>(sizes[row..]), second = Vector512.Create<double>(sizes[high..]);
            first = Vector512.ConditionalSelect(Vector512.GreaterThan(first, limit), Vector512<double>.One, first / limit);
            second = Vector512.ConditionalSelect(Vector512.GreaterThan(second, limit), Vector512<double>.One, second / limit);
            have &= Vector512.GreaterThan(first, least) & Vector512.GreaterThan(second, least);
            first.CopyTo(sizes[row..]);
            second.CopyTo(sizes[high..]);
            Vector512.Narrow(Vector512<double>.One / first, Vector512<double>.One / second).CopyTo(weights[row..]);
        }

        bool all = Vector512.EqualsAll(have.AsInt64(), Vector512<long>.AllBitsSet);
        for (; row < sizes.Length; row++)
        {
            sizes[row] = sizes[row] > threshold ? 1 : sizes[row] / threshold;
            weights[row] = (float)(1 / sizes[row]);
            all &= sizes[row] > NoChance;
        }

        return all;
    }

    /// <returns>How many are kept so far.</returns>
    private int Keep(double[][] derivatives, float[]? weights, int place, int start, int kept)
    {
        int first = kept, count = Math.Min(BlockRows, rows - start);
        (double[] chances, double[] reals, float[] own) = _together[place];
        kept = KeptRows.Add(new KeptRows.Block(start, reals.AsSpan(0, count), chances, own,
            weights is null ? [] : weights.AsSpan(start, count), derivatives[0].AsSpan(start, count)), NoWeight, _sample, kept);
        for (int output = 1; output < outputs; output++)
        {
            for (int i = first; i < kept; i++)
            {
                int row = _sample.Rows[i];
                _sample.Derivatives[output][i] = derivatives[output][row] * _together[place].Weights[row - start];
            }
        }

        return kept;
    }
}
