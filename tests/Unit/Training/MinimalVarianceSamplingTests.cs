using BatchScoring.Training;
using BatchScoring.Training.Random;
using BatchScoring.Training.Sampling;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Unit.Training;

public sealed class MinimalVarianceSamplingTests
{
    private const float Share = 0.8f;
    private readonly System.Random _random;

    public MinimalVarianceSamplingTests(ITestOutputHelper output)
    {
        int seed = System.Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        _random = new System.Random(seed);
    }

    /// <summary>To the last bit, so squares are added in the order of the outputs.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Sizes_OfSeveralOutputs_AreRootsOfSquaresInOrder(int outputs)
    {
        const int Start = 5, Count = 1003;
        double[][] derivatives = [.. Enumerable.Range(0, outputs).Select(_ => Doubles(Start + Count))];
        double[] sizes = new double[Count], reals = new double[Count];
        CatBoostRandom together = new(9), single = new(9);

        SampleThreshold.Sizes(derivatives, Start, 0.3, sizes, together, reals);

        sizes.ShouldBe(Enumerable.Range(Start, Count).Select(row =>
            Math.Sqrt(derivatives.Aggregate(0.3, (sum, own) => sum + (own[row] * own[row])))));
        reals.ShouldBe(Enumerable.Range(0, Count).Select(_ => single.NextReal()));
        together.Next().ShouldBe(single.Next());
    }

    [Theory]
    [InlineData(101)]
    [InlineData(8192)]
    public void Of_Sizes_MakesTheChancesAddUpToWhatIsWanted(int count)
    {
        double[] sizes = [.. Enumerable.Range(0, count).Select(_ => Math.Pow(_random.NextDouble(), 9))];

        double threshold = SampleThreshold.Of(sizes, Share * count);

        sizes.Sum(size => Math.Min(1, size / threshold)).ShouldBe(Share * count, 1e-6);
    }

    [Theory]
    [InlineData(1, 0.1, 1)]
    [InlineData(2, 0.1, 3)]
    [InlineData(1, 0.0, 3)] // some rows have no chance, and draw nothing
    public void Draw_Rows_AreKeptByTheirChanceAndWeighed(int outputs, double lambda, int threads)
    {
        const int Rows = (2 * 8192) + 1003;
        double[][] derivatives = [.. Enumerable.Range(0, outputs).Select(_ =>
            Enumerable.Range(0, Rows).Select(row => row % 10 == 0 ? 0 : _random.NextDouble() - 0.5).ToArray())];
        const float TooLittle = RowWeights.Least / 2;
        float[] weights = [.. Enumerable.Range(0, Rows).Select(row => row % 11 == 0 ? row % 2 * TooLittle : _random.NextSingle())];

        using Workers workers = new(threads);
        RowSample sample = new MinimalVarianceSampling(Rows, outputs, Share, workers).Draw(derivatives, weights, lambda, seed: 5);

        List<(int Row, float Weight, double Derivative)> expected = [];
        foreach (int[] block in Enumerable.Range(0, Rows).Chunk(8192))
        {
            double[] sizes = [.. block.Select(row => Math.Sqrt(derivatives.Aggregate(lambda, (sum, g) => sum + (g[row] * g[row]))))];
            double threshold = SampleThreshold.Of(sizes, Share * block.Length);
            var random = CatBoostRandom.Of((ulong)(5 + (block[0] / 8192)));
            for (int i = 0; i < block.Length; i++)
            {
                double chance = sizes[i] > threshold ? 1 : sizes[i] / threshold;
                if (chance <= 2.220446049250313E-16 || random.NextReal() >= chance) continue;
                float weight = (float)(1 / chance);
                if (weight * weights[block[i]] <= RowWeights.Least) continue;
                expected.Add((block[i], weight * weights[block[i]], derivatives[^1][block[i]] * weight));
            }
        }

        sample.Count.ShouldBe(expected.Count);
        sample.Rows.Take(sample.Count).ShouldBe(expected.Select(one => one.Row));
        sample.Weights.Take(sample.Count).ShouldBe(expected.Select(one => one.Weight));
        sample.Derivatives[^1].Take(sample.Count).ShouldBe(expected.Select(one => one.Derivative));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(1001)]
    public void NextReals_OfAnyLength_AreTheDrawsOneByOne(int count)
    {
        ulong seed = (ulong)_random.NextInt64();
        CatBoostRandom together = new(seed), single = new(seed);
        double[] reals = new double[count];

        together.NextReals(reals);

        reals.ShouldBe(Enumerable.Range(0, count).Select(_ => single.NextReal()));
        together.Next().ShouldBe(single.Next());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1003)]
    public void Kept_AnyRows_AreThoseOfTheirBits(int count)
    {
        System.Random random = new(count);
        double[] derivatives = Doubles(count);
        float[] shares = Floats(count), given = Floats(count);
        ulong[] words = [.. Enumerable.Range(0, (count + 63) / 64).Select(_ => (ulong)random.NextInt64() & (ulong)random.NextInt64())];
        if (count % 64 != 0) words[^1] &= (1UL << (count % 64)) - 1;
        int[] expected = [.. Enumerable.Range(0, count).Where(row => (words[row / 64] >> (row % 64) & 1) == 1)];
        foreach (float[] weights in new[] { [], given })
        {
            RowSample sample = new(new int[expected.Length + 2], [new double[expected.Length + 2]], new float[expected.Length + 2]);
            sample.Rows[^1] = -1;

            KeptRows.Add(new KeptRows.Block(100, words, shares, weights, derivatives), sample, 1, expected.Length + 1);

            sample.Rows[1..^1].ShouldBe(expected.Select(row => row + 100));
            sample.Weights[1..^1].ShouldBe(expected.Select(row => weights.Length == 0 ? shares[row] : shares[row] * weights[row]));
            sample.Derivatives[0][1..^1].ShouldBe(expected.Select(row => derivatives[row] * shares[row]));
            (sample.Rows[0], sample.Rows[^1]).ShouldBe((0, -1)); // another thread writes there
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(1003)]
    public void Choose_ManyTogether_IsAsOneByOne(int count)
    {
        double[] sizes = Doubles(count), reals = new double[count];
        new CatBoostRandom(7).NextReals(reals);
        foreach (float[] given in new[] { [], Floats(count) })
        {
            float[] weights = new float[count], expectedWeights = new float[count];
            ulong[] words = new ulong[(count + 63) / 64], expected = new ulong[words.Length];

            ChosenRows.Choose(sizes, 0.6, reals, given, weights, words).ShouldBeTrue();

            ChosenRows.ChooseOneByOne(sizes, 0.6, new CatBoostRandom(7), given, expectedWeights, expected);
            words.ShouldBe(expected);
            weights.ShouldBe(expectedWeights);
            double[] withNone = [.. sizes];
            withNone[count / 2] = 0;
            ChosenRows.Choose(withNone, 0.6, reals, given, weights, words).ShouldBeFalse();
        }
    }

    private double[] Doubles(int count) => [.. Enumerable.Range(0, count).Select(_ => _random.NextDouble() + 1e-9)];

    private float[] Floats(int count) => [.. Enumerable.Range(0, count).Select(_ => _random.Next(9) == 0 ? 0 : _random.NextSingle())];
}
