using BatchScoring.Training;
using BatchScoring.Training.Quantising;
using BatchScoring.Training.Trees;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Unit.Training;

public sealed unsafe class JointColumnsTests
{
    private const int TableRows = 3000, Untouched = 7;
    private readonly System.Random _random;

    public JointColumnsTests(ITestOutputHelper output)
    {
        int seed = System.Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        _random = new System.Random(seed);
    }

    [Theory]
    [InlineData(2, 7, 4, 11, 11, 11, 11, 11, 11)]
    [InlineData(2, 2, 2, 2, 2, 2)]
    [InlineData(16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16)]
    public void Sum_OfALeaf_IsThatOfEachColumn(params int[] bins)
    {
        GroupedColumns columns = Group(bins);
        JointColumns joint = JointColumns.Of(columns, Workers.None)!;
        int[] rows = [.. Enumerable.Range(0, TableRows).Where(row => row % 3 == 0), .. new int[PairSums.Ahead]];
        int count = rows.Length - PairSums.Ahead;
        long[] pairs = [.. Enumerable.Range(0, count).Select(_ => _random.NextInt64(1L << 40) - (1L << 39))];
        PinnedBuffer<long> cells = new(columns.LeafCells);
        cells.Span.Fill(Untouched);

        fixed (int* row = rows)
        fixed (long* pair = pairs)
        {
            joint.Sum(row, pair, count, cells.Start).ShouldBeTrue();
            joint.Sum(row, pair, 100, cells.Start).ShouldBeFalse();
        }

        for (int column = 0; column < bins.Length; column++)
        {
            BinColumn own = columns.Scores[column].Candidate.Bins;
            cells.Span.Slice(column * columns.Stride, bins[column]).ToArray().ShouldBe(Enumerable.Range(0, bins[column]).Select(bin =>
                Enumerable.Range(0, count).Where(i => own[rows[i]] == bin).Sum(i => pairs[i])));
        }
    }

    [Theory]
    [InlineData(19, 19, 19, 19, 19, 19)] // no two have a cell each in 256
    [InlineData(2, 2, 2, 2, 2)] // one pass over five columns has nothing to wait for
    public void Of_ColumnsThatGainNothing_IsNone(params int[] bins) => JointColumns.Of(Group(bins), Workers.None).ShouldBeNull();

    private GroupedColumns Group(int[] bins) => GroupedColumns.Of(
        [
            .. bins.Select((count, number) =>
            {
                BinColumn own = new(TableRows, count);
                for (int row = 0; row < TableRows; row++) own[row] = _random.Next(count);
                return new BorderCandidate(own, count, [.. Enumerable.Range(0, count - 1).Select(border => new Split(number, border))]);
            }),
        ],
        sizeof(long),
        areKept: false,
        Workers.None).ShouldHaveSingleItem();
}
