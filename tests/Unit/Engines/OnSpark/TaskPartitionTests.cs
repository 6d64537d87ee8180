using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Engines;

namespace BatchScoring.Tests.Unit.Engines.OnSpark;

public sealed class TaskPartitionTests
{
    [Theory]
    [InlineData(20, 1, 1)]
    [InlineData(1_000, 1, 4)]
    [InlineData(60, 1, 3)]
    [InlineData(20, 2, 2)]
    [InlineData(4, 8, 4)]
    [InlineData(200, 8, 9)]
    [InlineData(100_000, 8, 32)]
    public void Cut_EqualSplits_EverySplitOnceInOrderAndAsManyPartitionsAsPay(int splits, int cores, int count)
    {
        IReadOnlyList<TaskPartition> partitions = TaskPartition.Cut(Splits(Enumerable.Repeat(100_000L, splits)), cores);

        partitions.SelectMany(partition => partition.Splits).Select(split => split.Split).ShouldBe(Enumerable.Range(0, splits));
        partitions.Count.ShouldBe(count);
        (partitions.Max(partition => partition.Splits.Count) - partitions.Min(partition => partition.Splits.Count))
            .ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void Text_OfAPartition_IsTheHeaderAndOneLinePerSplit()
    {
        HeaderLine header = new()
        {
            Attempt = "a",
            AttemptFolder = "artifacts/runs/x/a/",
            Store = new StoreOptions { Root = "/säulen\n\"bank\"" }
        };

        string[] lines = TaskPartition.Cut(Splits([1, 2, 3]), 1).Single().Text(header).Split('\n');

        lines.Length.ShouldBe(4);
        JsonSerializer.Deserialize(lines[0], CoreJson.Default.HeaderLine)!.Store.ShouldBe(header.Store);
        lines[1..].Select(line => JsonSerializer.Deserialize(line, CoreJson.Default.TaskSpec)!.Input.Rows).ShouldBe([1, 2, 3]);
    }

    private static List<TaskSpec> Splits(IEnumerable<long> rows) => [.. rows.Select((count, i) => new TaskSpec
    {
        Kind = "test",
        Split = i,
        Input = new SplitInput { File = new InputFile { Key = "a.parquet", Size = 1, Version = "1" }, FirstRow = 0, Rows = count },
        Work = JsonDocument.Parse("{}").RootElement,
    })];
}
