using BatchScoring.Core;
using BatchScoring.Models;
using BatchScoring.Tables;
using BatchScoring.Tasks;
using BatchScoring.Tests.Testing;
using FsCheck.Fluent;

namespace BatchScoring.Tests.Properties.Tasks;

/// <summary>However rows are cut into splits and row groups, the answers add up to the same.</summary>
public sealed class SplitInvarianceProperties
{
    private const int Rows = 1000;

    [Fact]
    public void Score_AnyCuts_SameContentCountsAndHistogram()
    {
        using ScoreBench bench = new("catboost/categorical-ctr");
        ScoreTask kind = new(new ParquetSource(), ModelFormats.Standard);
        ForAll.Cases(Cuts().Zip(Gen.Choose(1, 6)).Zip(Gen.Choose(0, 10_000)), random =>
        {
            ((int[] cuts, int spoiledEvery), int seed) = random;
            string spoil = $"CASE WHEN hash(id + {seed}) % {spoiledEvery * 7} = 0 THEN 'infinity'::FLOAT ELSE AGE END AS AGE, "
                + $"CASE WHEN hash(id * {seed + 3}) % 50 = 0 THEN NULL ELSE id END AS id";
            InputFile file = bench.Changed(Rows, spoil);
            long[] duplicates = [.. Enumerable.Range(0, Rows).Where(row => row % (spoiledEvery * 31) == 5).Select(row => (long)row)];
            Total whole = Sum(bench, kind, file, duplicates, []);

            Total parts = Sum(bench, kind, file, duplicates, cuts);

            parts.ShouldBe(whole);
            whole.Scored.ShouldBe(Rows - whole.Quarantined);
        }, 12);
    }

    [Fact]
    public void Filter_AnyCuts_SameContent()
    {
        using TaskBench bench = new();
        FilterTask kind = new(new ParquetSource());
        InputFile file = bench.Write("in/pool.parquet", $"SELECT i AS id, sqrt(i) AS f, 'text ' || i AS t FROM range({Rows}) r(i)");
        FilterWork work = new() { Key = "id", Salt = "pool", Slots = 4, FirstSlot = 1, LastSlot = 2, Folder = "out/" };
        ContentHash whole = Run(0, Rows);
        ForAll.Cases(Cuts(), cuts =>
        {
            ContentHash sum = default;
            foreach ((int first, int rows) in Pieces(cuts)) sum += Run(first, rows);
            sum.ShouldBe(whole);
        }, 12);

        ContentHash Run(int first, int rows) =>
            bench.RunAsync(kind, TaskBench.Split("filter", work, TasksJson.Default.FilterWork, file, first, rows)).GetAwaiter()
                .GetResult().Content;
    }

    private static FsCheck.Gen<int[]> Cuts() => Gen.ListOf(Gen.Choose(1, Rows - 1), 5).Select(cuts => cuts.Distinct().Order().ToArray());

    private static IEnumerable<(int First, int Rows)> Pieces(int[] cuts)
    {
        int[] ends = [.. cuts, Rows];
        return ends.Select((end, i) => i == 0 ? (0, end) : (ends[i - 1], end - ends[i - 1]));
    }

    private static Total Sum(ScoreBench bench, ScoreTask kind, InputFile file, long[] duplicates, int[] cuts)
    {
        Total total = new(default, default, 0, 0, "");
        ScoreStatistics? statistics = null;
        int split = 0;
        foreach ((int first, int rows) in Pieces(cuts))
        {
            TaskResult answer = bench.Tasks.RunAsync(kind, bench.Split(file, first, rows, split++, duplicates)).GetAwaiter().GetResult();
            answer.Status.ShouldBe(TaskResultStatus.Done, answer.Error?.Message);
            ScoreStatistics own = System.Text.Json.JsonSerializer.Deserialize(answer.Statistics!.Value, TasksJson.Default.ScoreStatistics)!;
            statistics = statistics is null ? own : statistics + own;
            total = total with
            {
                Content = total.Content + answer.Content,
                Quarantine = total.Quarantine + answer.QuarantineContent,
                Scored = total.Scored + answer.RowsOut,
                Quarantined = total.Quarantined + answer.RowsQuarantined,
            };
        }

        ScoreColumnStatistics column = statistics!.Columns[0];
        return total with { Histogram = $"{column.Minimum} {column.Maximum} {column.Count}: {string.Join(' ', column.Histogram!.Counts)}" };
    }

    private sealed record Total(ContentHash Content, ContentHash Quarantine, long Scored, long Quarantined, string Histogram);
}
