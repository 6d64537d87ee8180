using BatchScoring.Training;
using BatchScoring.Training.Quantising;
using BatchScoring.Training.Trees;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Unit.Training;

/// <summary>The answers of splits, for many rows at once.</summary>
public sealed class BinColumnTests
{
    private readonly System.Random _random;

    public BinColumnTests(ITestOutputHelper output)
    {
        int seed = System.Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        _random = new System.Random(seed);
    }

    [Theory]
    [InlineData(1, 256)]
    [InlineData(2, 256)]
    [InlineData(4, 20)]
    [InlineData(7, 256)]
    [InlineData(16, 72)]
    [InlineData(3, 700)]
    public void MarkAbove_OfColumnsThatLieTogether_IsTheAnswerRowByRow(int count, int binCount)
    {
        foreach (int rows in new[] { 1, 63, 64, 200, 1031 })
        {
            int[][] bins = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, rows).Select(_ => _random.Next(binCount)).ToArray())];
            BinColumn[] columns = [.. bins.Select(own => Filled(own, binCount))];
            int pitch = PairSums.PitchOf(count);
            if (columns[0].IsNarrow) BinColumn.MoveTo(new PinnedBuffer<byte>((long)rows * pitch), pitch, columns, Workers.None);
            int first = rows > 130 ? 64 : 0, bit = _random.Next(16);
            foreach (int border in new[] { 0, 1, binCount / 2, binCount - 2, binCount - 1 })
            {
                ushort[] leaves = [.. Enumerable.Range(0, rows - first).Select(_ => (ushort)(_random.Next(1 << 16) & ~(1 << bit)))],
                    before = [.. leaves];
                int column = _random.Next(count);

                columns[column].MarkAbove(border, leaves, bit, first);

                leaves.ShouldBe(before.Select((leaf, row) => (ushort)(bins[column][first + row] > border ? leaf | (1 << bit) : leaf)));
            }
        }
    }

    private static BinColumn Filled(int[] bins, int binCount)
    {
        BinColumn column = new(bins.Length, binCount);
        for (int row = 0; row < bins.Length; row++) column[row] = bins[row];
        return column;
    }
}
