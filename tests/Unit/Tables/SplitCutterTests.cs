using BatchScoring.Core;
using BatchScoring.Tables;

namespace BatchScoring.Tests.Unit.Tables;

public sealed class SplitCutterTests
{
    private static readonly InputFile File = new() { Key = "a.parquet", Size = 1, Version = "1" };

    [Theory]
    [InlineData(770, 100_000, 1)] // a file of the usual size is one split, without a small rest
    [InlineData(770, 1_000_000, 10)]
    [InlineData(3, 100_000, 1)]
    [InlineData(3, 5_000_000, 5)]
    [InlineData(7_700, 100_000, 5)] // no more than row groups
    public void Cut_File_EvenSplitsOfWholeRowGroups(int columns, long rows, int splits)
    {
        long[] groups = [.. Enumerable.Range(0, (int)((rows + 20_479) / 20_480))
            .Select(group => Math.Min(20_480, rows - (group * 20_480L)))];

        SplitInput[] cut = [.. SplitCutter.Cut(File, columns, groups, [0, rows - 1])];

        cut.Length.ShouldBe(splits);
        cut[0].FirstRow.ShouldBe(0);
        for (int i = 1; i < cut.Length; i++) cut[i].FirstRow.ShouldBe(cut[i - 1].FirstRow + cut[i - 1].Rows);
        cut.Sum(split => split.Rows).ShouldBe(rows);
        cut.ShouldAllBe(split => split.FirstRow % 20_480 == 0);
        (cut.Max(split => split.Rows) - cut.Min(split => split.Rows)).ShouldBeLessThanOrEqualTo(2 * 20_480);
        cut.SelectMany(split => split.DuplicateRows).ShouldBe([0, rows - 1]);
    }

    [Fact]
    public void Cut_FileWithoutRows_NoSplit() => SplitCutter.Cut(File, 3, [], []).ShouldBeEmpty();
}
