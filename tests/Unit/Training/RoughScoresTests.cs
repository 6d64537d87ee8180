using BatchScoring.Training;
using BatchScoring.Training.Quantising;
using BatchScoring.Training.Sampling;
using BatchScoring.Training.Trees;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Unit.Training;

/// <summary>Scores of packed sums are within the margin that they tell of the exact ones: splits are taken by that.</summary>
public sealed class RoughScoresTests(ITestOutputHelper output)
{
    private const int Level = 4;

    [Theory]
    [InlineData(40, 3, true)]
    [InlineData(3000, 3, true)]
    [InlineData(3000, 0.01, true)]
    [InlineData(3000, 200, false)]
    [InlineData(60_000, 3, false)]
    public void Level_AnySample_ScoresWithinTheMargin(int rows, double lambda, bool areWhole)
    {
        int seed = System.Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        System.Random random = new(seed);
        RowSample sample = Sample(random, rows, areWhole);
        Grown grown = new(random, rows, lambda);

        grown.Sum(sample);

        foreach (CandidateScores scores in grown.Columns.Scores)
        {
            double[] rough = [.. scores.Values];
            double highest = scores.Highest;
            scores.MakeFine();
            double[] fine = [.. scores.Values];
            scores.MakeExact();
            scores.IsExact.ShouldBeTrue();
            for (int split = 0; split < rough.Length; split++)
            {
                double exact = scores.Values[split];
                Math.Abs(rough[split] - exact).ShouldBeLessThanOrEqualTo(grown.Margin.Absolute + (grown.Margin.Relative * highest));
                Math.Abs(fine[split] - exact).ShouldBeLessThanOrEqualTo(grown.Margin.Fine);
            }

            // Else the margin would say nothing.
            grown.Margin.Absolute.ShouldBeLessThan(highest / 100);
        }
    }

    [Fact]
    public void Margin_OfWeightsThatAreAllTheSame_KnowsThatTheyAreNotRounded()
    {
        PackedPairs pairs = new(100);
        RowSample sample = new([.. Enumerable.Range(0, 100)], [[.. Enumerable.Range(0, 100).Select(row => row / 100.0)]],
            [.. Enumerable.Repeat(1f, 100)]);

        pairs.Begin(sample);
        double whole = pairs.MarginOf(3);
        sample.Weights[5] = 1.25f;
        pairs.Begin(sample);

        pairs.MarginOf(3).ShouldBeGreaterThan(whole * 2);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Margin_OfWhatIsNoNumber_IsNoneEither(double derivative)
    {
        PackedPairs pairs = new(4);

        pairs.Begin(new RowSample([0, 1, 2, 3], [[1, derivative, 0, 0]], [1, 1, 1, 1]));

        double.IsFinite(pairs.MarginOf(3)).ShouldBeFalse();
    }

    private static RowSample Sample(System.Random random, int rows, bool areWhole)
    {
        int[] kept = [.. Enumerable.Range(0, rows).Where(_ => random.Next(5) > 0)];
        float[] weights = [.. kept.Select(_ => areWhole || random.Next(3) == 0 ? 1 : 1 + (random.NextSingle() * 4))];
        return new RowSample(kept, [[.. kept.Select((_, i) => (random.NextDouble() - 0.6) * weights[i])]], weights);
    }

    /// <summary>Columns whose first ones part the rows, level after level.</summary>
    private sealed class Grown
    {
        private readonly ushort[] _leaves;
        private readonly BinColumn[] _bins;
        private readonly RoughRows _rough;
        private readonly RoughGroup _group;
        private readonly ExactSums _exact;

        public Grown(System.Random random, int rows, double lambda)
        {
            int[] counts = [5, 65, 33, 64, 17, 2];
            _bins = [.. counts.Select(count => Filled(new BinColumn(rows, count), count, random))];
            Columns = GroupedColumns.Of(
                [
                    .. counts.Select((count, column) => new BorderCandidate(
                        _bins[column], count, [.. Enumerable.Range(0, count - 1).Select(border => new Split(column, border))])),
                ],
                sizeof(long),
                areKept: false,
                Workers.None).Single();
            (_leaves, _rough, _exact) = (new ushort[rows], new RoughRows(rows, 1 << Level, lambda, Workers.None), new ExactSums(1 << Level, lambda));
            _group = new RoughGroup(Columns, 1 << Level, lambda, _exact, Workers.None);
        }

        public GroupedColumns Columns { get; }

        public ScoreMargin Margin => _rough.Margin;

        public unsafe void Sum(RowSample sample)
        {
            _rough.Take(sample, _leaves, areAllWanted: false);
            _exact.Begin(sample, isTrueSide: false, _leaves, 0);
            int[] places = [0];
            PinnedBuffer<long> scratch = new(RoughGroup.ScratchSize(1 << Level));
            _group.Level(_rough, places, 0, scratch.Start);
            for (int bit = 0; bit < Level; bit++)
            {
                _bins[bit].MarkAbove(bit == 0 ? 0 : 20, _leaves, bit);
                _rough.Split(_leaves, bit, areAllWanted: false);
                bool isTrueSide = _rough.Smaller.IsTrueSide;
                _exact.Begin(sample, isTrueSide, _leaves, bit + 1);
                int parents = places.Length;
                int[] fresh = [.. Enumerable.Range(parents, parents)];
                places = isTrueSide ? [.. places, .. fresh] : [.. fresh, .. places];
                _group.Level(_rough, places, bit + 1, scratch.Start);
            }
        }

        private static BinColumn Filled(BinColumn bins, int count, System.Random random)
        {
            for (int row = 0; row < bins.Rows; row++) bins[row] = Math.Min(random.Next(count), random.Next(count));
            return bins;
        }
    }
}
