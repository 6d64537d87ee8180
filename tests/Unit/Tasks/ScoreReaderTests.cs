using BatchScoring.Core;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Tasks;

/// <summary>Who reads makes no difference to a part, and the answer tells who did.</summary>
public sealed class ScoreReaderTests
{
    [Theory]
    [InlineData("catboost/numeric-binary")]
    [InlineData("catboost/categorical-ctr")]
    public async Task Run_EitherReader_SameContentAndToldApart(string golden)
    {
        using ScoreBench bench = new(golden);
        InputFile file = bench.Input();

        TaskResult own = await RunAsync(ReaderChoice.Auto);
        TaskResult duck = await RunAsync(ReaderChoice.DuckDb);

        own.Content.ShouldBe(duck.Content);
        (own.RowGroupsRead, own.RowGroupsUnsupported.Count).ShouldBe((1, 0));
        (duck.RowGroupsRead, duck.RowGroupsUnsupported.Count).ShouldBe((0, 0));

        async Task<TaskResult> RunAsync(ReaderChoice reader)
        {
            bench.Work = bench.Work with { Reader = reader };
            TaskResult answer = await bench.RunAsync(bench.Split(file, 0, 1000));
            answer.Status.ShouldBe(TaskResultStatus.Done, answer.Error?.Message);
            return answer;
        }
    }

    [Fact]
    public async Task Run_UnsupportedRowGroups_CountedWithTheirReason()
    {
        using ScoreBench bench = new("catboost/numeric-binary");
        bench.Input();
        string lz4 = bench.Tasks.Store.LocalPath("test_sample/run_date=2026-11-21/lz4.parquet")!;
        bench.Tasks.Duck.Execute(
            $"COPY (FROM read_parquet('{bench.Tasks.Store.LocalPath("test_sample/run_date=2026-11-21/input.parquet")}')) TO '{lz4}' " +
            "(FORMAT parquet, COMPRESSION lz4)");
        InputFile file = bench.Tasks.Pin("test_sample/run_date=2026-11-21/lz4.parquet");

        TaskResult answer = await bench.RunAsync(bench.Split(file, 0, 1000));

        answer.Status.ShouldBe(TaskResultStatus.Done, answer.Error?.Message);
        answer.RowGroupsRead.ShouldBe(0);
        answer.RowGroupsUnsupported.ShouldBe(new Dictionary<string, long> { ["PARQUET_CODEC"] = 1 });
        bench.Work = bench.Work with { Reader = ReaderChoice.Native };
        TaskResult refused = await bench.RunAsync(bench.Split(file, 0, 1000));
        refused.Status.ShouldBe(TaskResultStatus.Rejected);
        refused.Error!.Code.ShouldBe("READER_UNSUPPORTED");
        refused.Error.Message.ShouldContain("PARQUET_CODEC");
    }
}
