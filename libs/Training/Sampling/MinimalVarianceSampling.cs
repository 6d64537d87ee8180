using BatchScoring.Training.Random;

namespace BatchScoring.Training.Sampling;

/// <summary>
/// Rows with large derivatives are kept, the others with a probability that falls with theirs and a weight that makes up for it. Block by
/// block, so that the choice does not depend on threads.
/// </summary>
/// <remarks>
/// Source: Ibragimov and Gusev, "Minimal Variance Sampling in Stochastic Gradient Boosting" (2019), as in CatBoost 1.2.10.
/// </remarks>
internal sealed class MinimalVarianceSampling
{
    private const int BlockRows = 8192, BlockWords = BlockRows / Workers.WordRows, BlocksEach = 4;
    private readonly int _rows;
    private readonly float _share;
    private readonly Workers _workers;
    private readonly (double[] Sizes, double[] Reals)?[] _scratch;

    /// <summary>Of the blocks that are looked at together: what makes up for a row's chance, and how many are kept.</summary>
    private readonly (float[] Weights, int Kept)[] _together;
    private readonly RowSample _sample;

    /// <param name="rows">Of the table.</param>
    /// <param name="outputs">Derivatives per row.</param>
    /// <param name="share">Of rows to keep.</param>
    /// <param name="workers">Share the blocks.</param>
    public MinimalVarianceSampling(int rows, int outputs, float share, Workers workers)
    {
        (_rows, _share, _workers) = (rows, share, workers);
        int blocks = (rows + BlockRows - 1) / BlockRows;
        _scratch = new (double[], double[])?[workers.Count];
        _together =
        [
            .. Enumerable.Range(0, Math.Min(workers.Count == 1 ? 1 : BlocksEach * workers.Count, blocks))
                .Select(_ => (new float[BlockRows], 0)),
        ];
        _sample = new RowSample(new int[rows], [.. Enumerable.Range(0, outputs).Select(_ => new double[rows])], new float[rows])
        {
            Words = new ulong[blocks * BlockWords],
        };
    }

    /// <param name="derivatives">Outputs × rows.</param>
    /// <param name="weights">By row; null: all 1.</param>
    /// <param name="lambda">Added to the squares.</param>
    /// <param name="seed">One draw.</param>
    public RowSample Draw(double[][] derivatives, float[]? weights, double lambda, ulong seed)
    {
        int kept = 0, blocks = _sample.Words!.Length / BlockWords;
        for (int first = 0; first < blocks; first += _together.Length)
        {
            int from = first, before = kept, count = Math.Min(_together.Length, blocks - first);
            _workers.ForAll(count, (place, worker) =>
                _together[place].Kept = Choose(place, from + place, worker, derivatives, weights, lambda, seed));
            _workers.ForAll(count, (place, _) => Take(place, from + place, derivatives, weights, before + Kept(place)));
            kept += Kept(count);
        }

        _sample.Count = kept;
        return _sample;
    }

    /// <summary>Rows that are kept of the first blocks of those that are looked at together.</summary>
    private int Kept(int blocks)
    {
        int kept = 0;
        for (int place = 0; place < blocks; place++) kept += _together[place].Kept;
        return kept;
    }

    private Span<ulong> Words(int block) => _sample.Words.AsSpan(block * BlockWords, BlockWords);

    /// <returns>How many rows of a block are kept.</returns>
    private int Choose(int place, int block, int worker, double[][] derivatives, float[]? weights, double lambda, ulong seed)
    {
        int start = block * BlockRows, count = Math.Min(BlockRows, _rows - start);
        (double[] Sizes, double[] Reals) scratch = _scratch[worker] ??= (new double[BlockRows], new double[BlockRows]);
        Span<double> sizes = scratch.Sizes.AsSpan(0, count), reals = scratch.Reals.AsSpan(0, count);
        SampleThreshold.Sizes(derivatives, start, lambda, sizes, CatBoostRandom.Of(seed + (ulong)block), reals);
        double threshold = SampleThreshold.Of(sizes, _share * count);
        ReadOnlySpan<float> given = weights is null ? [] : weights.AsSpan(start, count);
        Span<ulong> words = Words(block);
        if (!ChosenRows.Choose(sizes, threshold, reals, given, _together[place].Weights, words))
            ChosenRows.ChooseOneByOne(sizes, threshold, CatBoostRandom.Of(seed + (ulong)block), given, _together[place].Weights, words);
        return RowBits.Count(words);
    }

    /// <summary>Takes the rows of a block that are kept into the sample.</summary>
    private void Take(int place, int block, double[][] derivatives, float[]? weights, int first)
    {
        int start = block * BlockRows, count = Math.Min(BlockRows, _rows - start), end = first + _together[place].Kept;
        float[] own = _together[place].Weights;
        KeptRows.Add(new KeptRows.Block(start, Words(block), own.AsSpan(0, count),
            weights is null ? [] : weights.AsSpan(start, count), derivatives[0].AsSpan(start, count)), _sample, first, end);
        for (int output = 1; output < derivatives.Length; output++)
        {
            for (int i = first; i < end; i++)
            {
                int row = _sample.Rows[i];
                _sample.Derivatives[output][i] = derivatives[output][row] * own[row - start];
            }
        }
    }
}
