using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Engines;

namespace BatchScoring.Tests.Unit.Engines.OnSpark;

public sealed class TaskPartitionTests
{
    [Theory]
    [InlineData(10, 4)]
    [InlineData(10, 10)]
    [InlineData(10, 64)]
    [InlineData(7, 1)]
    [InlineData(1000, 8)]
    public void Cut_EqualSplits_EverySplitOnceInOrderAndEvenly(int splits, int most)
    {
        IReadOnlyList<TaskPartition> partitions = TaskPartition.Cut(Splits(Enumerable.Repeat(100_000L, splits)), most);

        partitions.SelectMany(partition => partition.Splits).Select(split => split.Split).ShouldBe(Enumerable.Range(0, splits));
        partitions.Count.ShouldBe(Math.Min(splits, most));
        (partitions.Max(partition => partition.Splits.Count) - partitions.Min(partition => partition.Splits.Count)).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void Cut_OneHugeSplit_StandsAlone()
    {
        IReadOnlyList<TaskPartition> partitions = TaskPartition.Cut(Splits([10, 10, 1_000_000, 10, 10]), 4);

        partitions.Single(partition => partition.Splits.Any(split => split.Split == 2)).Rows.ShouldBeLessThan(1_000_100);
        partitions.Sum(partition => partition.Rows).ShouldBe(1_000_040);
    }

    [Fact]
    public void Cut_RowsBeyond32Bits_StaysInOrder()
    {
        IReadOnlyList<TaskPartition> partitions = TaskPartition.Cut(Splits(Enumerable.Repeat(long.MaxValue / 100, 64)), 8);

        partitions.Select(partition => partition.Splits.Count).ShouldAllBe(count => count == 8);
    }

    [Fact]
    public void Text_OfAPartition_IsTheHeaderAndOneLinePerSplit()
    {
        HeaderLine header = new() { Attempt = "a", AttemptFolder = "artifacts/runs/x/a/", Store = new StoreOptions { Root = "/säulen\n\"bank\"" } };

        string[] lines = TaskPartition.Cut(Splits([1, 2, 3]), 1).Single().Text(header).Split('\n');

        lines.Length.ShouldBe(4);
        JsonSerializer.Deserialize(lines[0], CoreJson.Default.HeaderLine)!.Store.ShouldBe(header.Store);
        lines[1..].Select(line => JsonSerializer.Deserialize(line, CoreJson.Default.SplitLine)!.Input.Rows).ShouldBe([1, 2, 3]);
    }

    private static List<SplitLine> Splits(IEnumerable<long> rows) => [.. rows.Select((count, i) => new SplitLine
    {
        Kind = "test",
        Split = i,
        Input = new SplitInput { File = new InputFile { Key = "a.parquet", Size = 1, Version = "1" }, FirstRow = 0, Rows = count },
        Work = JsonDocument.Parse("{}").RootElement,
    })];
}
