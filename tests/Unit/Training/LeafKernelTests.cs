using System.Runtime.Intrinsics;
using BatchScoring.Training;
using BatchScoring.Training.Objectives;
using BatchScoring.Training.Trees;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Unit.Training;

/// <summary>What is done to many rows at once gives the bits that row after row gives.</summary>
public sealed class LeafKernelTests : IDisposable
{
    private const int Leaves = 64;
    private readonly Workers _workers = new(3);
    private readonly System.Random _random;

    public LeafKernelTests(ITestOutputHelper output)
    {
        int seed = System.Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        _random = new System.Random(seed);
    }

    public static TheoryData<int, bool> Tables
    {
        get
        {
            TheoryData<int, bool> tables = [];
            foreach (int rows in new[] { 1, 3, 17, 511, 4099, 9_999, 10_001, 24_000, 70_003 })
            {
                tables.Add(rows, false);
                tables.Add(rows, true);
            }

            return tables;
        }
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Mean_OfMovedRows_IsTheSumRowByRow(int rows, bool isWeighted)
    {
        (double[] states, float[] labels, float[]? weights, ushort[] leaves) = Table(rows, isWeighted);
        foreach (int blocks in new[] { 1, 3 })
        {
            VectorLogloss loss = new(labels, weights, blocks, _workers);
            foreach (StateLogs logs in new[] { StateLogs.Make, StateLogs.Keep, StateLogs.Kept, StateLogs.Make, StateLogs.Kept })
            {
                double[] changes = Changes(), moved = new double[rows];

                double mean = loss.Mean(states, logs, changes, leaves, moved);

                mean.ShouldBe(FastLogloss.Mean(states, changes, leaves, labels, weights, blocks));
                moved.ShouldBe(states.Select((state, row) => state * changes[leaves[row]]));
            }
        }
    }

    [Fact]
    public void Mean_OfStatesThatOverflow_IsTheSumRowByRow()
    {
        (double[] states, float[] labels, _, ushort[] leaves) = Table(1000, isWeighted: false);
        for (int row = 0; row < states.Length; row += 3) states[row] = 1e38 * _random.NextDouble() * 10;
        double[] changes = Changes();

        new VectorLogloss(labels, null, 1, _workers).Mean(states, StateLogs.Make, changes, leaves, new double[states.Length])
            .ShouldBe(FastLogloss.Mean(states, changes, leaves, labels, null, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(65)]
    [InlineData(1000)]
    public void Mean_OfAnyNumberOfLeaves_IsTheSumRowByRow(int leafCount)
    {
        (double[] states, float[] labels, _, _) = Table(5003, isWeighted: false);
        double[] changes = [.. Enumerable.Range(0, leafCount).Select(_ => Math.Exp(_random.NextDouble() - 0.5))], moved = new double[states.Length];
        ushort[] leaves = [.. states.Select(_ => (ushort)_random.Next(leafCount))];

        double mean = new VectorLogloss(labels, null, 1, _workers).Mean(states, StateLogs.Make, changes, leaves, moved);

        mean.ShouldBe(FastLogloss.Mean(states, changes, leaves, labels, null, 1));
        moved.ShouldBe(states.Select((state, row) => state * changes[leaves[row]]));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Sum_OfLeaves_IsTheSumRowByRow(int rows, bool isWeighted)
    {
        (double[] states, float[] labels, float[]? weights, ushort[] leaves) = Table(rows, isWeighted);
        LeafSums<LoglossObjective> leafSums = new(default, labels, weights, _workers);
        var sums = new Vector128<double>[Leaves];

        double[] leafWeights = leafSums.Begin(leaves, Leaves);
        leafSums.Sum(leaves, states, sums);

        (double First, double Second, double Weight)[] expected = RowByRow(states, labels, weights, leaves);
        sums.Select(sum => sum[0]).ShouldBe(expected.Select(one => one.First));
        sums.Select(sum => sum[1]).ShouldBe(expected.Select(one => one.Second));
        leafWeights.ShouldBe(expected.Select(one => one.Weight));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(1024)]
    public void Move_OfAnyNumberOfLeaves_IsByEveryRowsOwn(int leafCount)
    {
        double[] states = [.. Enumerable.Range(0, 9003).Select(_ => _random.NextDouble())],
            changes = [.. Enumerable.Range(0, leafCount).Select(_ => _random.NextDouble())], moved = new double[states.Length];
        ushort[] leaves = [.. states.Select(_ => (ushort)_random.Next(leafCount))];

        RowMoves.Move(states, changes, leaves, multiplies: true, moved, _workers);
        moved.ShouldBe(states.Select((state, row) => state * changes[leaves[row]]));

        RowMoves.Move(states, changes, leaves, multiplies: false, moved, _workers);
        moved.ShouldBe(states.Select((state, row) => state + changes[leaves[row]]));
    }

    public void Dispose() => _workers.Dispose();

    private (double[] States, float[] Labels, float[]? Weights, ushort[] Leaves) Table(int rows, bool isWeighted) => (
        [.. Enumerable.Range(0, rows).Select(_ => Math.Exp((_random.NextDouble() - 0.5) * 20))],
        [.. Enumerable.Range(0, rows).Select(row => row % 5 == 0 ? _random.NextSingle() : _random.Next(2))],
        isWeighted ? [.. Enumerable.Range(0, rows).Select(row => row % 7 == 0 ? 0 : _random.NextSingle())] : null,
        [.. Enumerable.Range(0, rows).Select(_ => (ushort)Math.Min(_random.Next(Leaves), _random.Next(Leaves)))]);

    private double[] Changes() => [.. Enumerable.Range(0, Leaves).Select(_ => Math.Exp(_random.NextDouble() - 0.5))];

    /// <summary>In order up to 10,000 rows, else in 128 parts; parts without weight are left out.</summary>
    private static (double First, double Second, double Weight)[] RowByRow(
        double[] states, float[] labels, float[]? weights, ushort[] leaves)
    {
        var all = new (double First, double Second, double Weight)[Leaves];
        int size = states.Length < 10_000 ? states.Length : (states.Length + 127) / 128;
        foreach (int[] part in Enumerable.Range(0, states.Length).Chunk(size))
        {
            var own = new (double First, double Second, double Weight)[Leaves];
            foreach (int row in part)
            {
                (double first, double second) = default(LoglossObjective).Derivatives(states[row], labels[row]);
                float weight = weights is null ? 1 : weights[row];
                ref (double First, double Second, double Weight) sum = ref own[leaves[row]];
                sum = (sum.First + (first * weight), sum.Second + (second * weight), sum.Weight + weight);
            }

            for (int leaf = 0; leaf < Leaves; leaf++)
                if (own[leaf].Weight > 1.1920928955078125E-07)
                    all[leaf] = (all[leaf].First + own[leaf].First, all[leaf].Second + own[leaf].Second, all[leaf].Weight + own[leaf].Weight);
        }

        return all;
    }
}
