using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Scoring;
using BatchScoring.Statistics;
using BatchScoring.Tasks;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Unit.Tasks;

public sealed class ScoreTaskTests
{
    [Theory]
    [InlineData("catboost/numeric-binary")]
    [InlineData("catboost/numeric-nan-max")]
    [InlineData("catboost/categorical-ctr-all")]
    [InlineData("catboost/categorical-onehot")]
    [InlineData("catboost-770")]
    public async Task Run_BinaryModel_PartHoldsCatBoostsBits(string golden)
    {
        using ScoreBench bench = new(golden);
        var expected = GoldenCase.Load(golden);
        int rows = expected.Table.Rows;

        TaskResult answer = await bench.RunAsync(bench.Split(bench.Input(), 0, rows));

        answer.Status.ShouldBe(TaskResultStatus.Done, answer.Error?.Message);
        IReadOnlyList<object?[]> part = bench.Tasks.Rows(answer.Part!.PendingId);
        part.Count.ShouldBe(rows);
        part.Select(row => (long)row[0]!).ShouldBe(Enumerable.Range(0, rows).Select(row => (long)row));
        Bits(part.Select(row => (double)row[2]!)).ShouldBe(Bits(expected.ExpectedRaw[0]));
        if (expected.Expected.TryGetValue("Probability_1", out double[]? probabilities))
        {
            for (int row = 0; row < rows; row++)
                Math.Abs(BitConverter.DoubleToInt64Bits((double)part[row][1]!) - BitConverter.DoubleToInt64Bits(probabilities[row]))
                    .ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Fact]
    public async Task Run_PartColumns_KeyScoreRawVersionAndWhatIsHandedOn()
    {
        using ScoreBench bench = new("catboost/numeric-binary");
        bench.Work = bench.Work with { PassThrough = ["AGE", "SEX"] };
        InputFile file = bench.Input();

        TaskResult answer = await bench.RunAsync(bench.Split(file, 0, 1000));

        using DuckResult part = bench.Tasks.Duck.Query(
            $"SELECT * FROM read_parquet('{bench.Tasks.Store.LocalPath(answer.Part!.PendingId)}', hive_partitioning = false)");
        part.Columns.Select(column => $"{column.Name} {column.SqlType}").ShouldBe(
            ["id BIGINT", "score DOUBLE", "RawFormulaVal DOUBLE", "model_version VARCHAR", "AGE FLOAT", "SEX FLOAT"]);
        IReadOnlyList<object?[]> rows = part.Rows();
        rows.ShouldAllBe(row => (string)row[3]! == "v1");
        rows.Select(row => row[4]).ShouldBe(bench.Tasks.Rows(file.Key, "AGE").Select(row => row[0]));
    }

    [Fact]
    public async Task Run_Multiclass_OneColumnPerClass()
    {
        using ScoreBench bench = new("catboost/multiclass");
        var expected = GoldenCase.Load("catboost/multiclass");

        TaskResult answer = await bench.RunAsync(bench.Split(bench.Input(), 0, expected.Table.Rows));

        IReadOnlyList<object?[]> raw =
            bench.Tasks.Rows(answer.Part!.PendingId, "RawFormulaVal_0, RawFormulaVal_1, RawFormulaVal_2, score_0 + score_1 + score_2");
        for (int output = 0; output < 3; output++)
            Bits(raw.Select(row => (double)row[output]!)).ShouldBe(Bits(expected.ExpectedRaw[output]));
        raw.ShouldAllBe(row => Math.Abs((double)row[3]! - 1) < 1e-12);
    }

    [Fact]
    public async Task Run_Regression_ScoreIsTheValue()
    {
        using ScoreBench bench = new("catboost/regression-rmse");

        TaskResult answer = await bench.RunAsync(bench.Split(bench.Input(), 0, 1000));

        bench.Tasks.Rows(answer.Part!.PendingId, "score, RawFormulaVal").ShouldAllBe(row => (double)row[0]! == (double)row[1]!);
        ScoreStatistics statistics = answer.Statistics!.Value.Deserialize();
        statistics.Columns[0].Histogram.ShouldBeNull();
        statistics.Columns[0].Count.ShouldBe(1000);
    }

    [Fact]
    public async Task Run_Statistics_CountTheScoresInThePart()
    {
        using ScoreBench bench = new("catboost/numeric-binary");

        TaskResult answer = await bench.RunAsync(bench.Split(bench.Input(), 0, 1000, duplicates: [3, 999]));

        double[] scores = [.. bench.Tasks.Rows(answer.Part!.PendingId, "score").Select(row => (double)row[0]!)];
        ScoreColumnStatistics statistics = answer.Statistics!.Value.Deserialize().Columns.ShouldHaveSingleItem();
        statistics.Count.ShouldBe(998);
        statistics.Sum.ShouldBe(scores.Sum(), 1e-9);
        statistics.Minimum.ShouldBe(scores.Min());
        statistics.Maximum.ShouldBe(scores.Max());
        ScoreHistogram histogram = statistics.Histogram!;
        histogram.Counts.Count.ShouldBe(ScoreColumnStatistics.FineBins);
        histogram.Counts.ShouldBe(Enumerable.Range(0, histogram.Counts.Count).Select(bin =>
            scores.LongCount(score => score >= histogram.Edge(bin) && score < histogram.Edge(bin + 1))));
        statistics.Magnitudes.ShouldBeNull();
    }

    [Fact]
    public async Task Run_StatisticsOfARegression_KnowItsQuantiles()
    {
        using ScoreBench bench = new("catboost/regression-rmse");

        TaskResult answer = await bench.RunAsync(bench.Split(bench.Input(), 0, 500));

        double[] scores = [.. bench.Tasks.Rows(answer.Part!.PendingId, "score").Select(row => (double)row[0]!).Order()];
        ScoreColumnStatistics statistics = answer.Statistics!.Value.Deserialize().Columns.ShouldHaveSingleItem();
        statistics.Histogram.ShouldBeNull();
        MagnitudeHistogram magnitudes = statistics.Magnitudes.ShouldNotBeNull();
        magnitudes.Total.ShouldBe(scores.Length);
        double median = scores[(scores.Length - 1) / 2];
        magnitudes.Quantile(0.5).ShouldNotBeNull().ShouldBe(median, Math.Abs(median) / 16);
    }

    [Fact]
    public async Task Run_Statistics_CountMissingValuesAndTheContractsGroups()
    {
        using ScoreBench bench = new("catboost/categorical-onehot");
        FeatureProfile ages = new(1, 0, Edges: [25, 30, 40.5f], Counts: [1, 0, 0, 0]), sexes = new(1, 0, Counts: [1, 0]);
        bench.Work = bench.Work with
        {
            Rules = [new FeatureRule("AGE", Training: ages), new FeatureRule("SEX", Categories: ["2", "1"], Training: sexes)],
        };
        InputFile file = bench.Changed(500, "CASE WHEN id % 7 <> 3 THEN AGE END AS AGE");

        TaskResult whole = await bench.RunAsync(bench.Split(file, 0, 500));
        ScoreStatistics first = (await bench.RunAsync(bench.Split(file, 0, 123))).Statistics!.Value.Deserialize();
        ScoreStatistics second = (await bench.RunAsync(bench.Split(file, 123, 377, split: 1))).Statistics!.Value.Deserialize();

        (double? Age, string Sex)[] rows = [.. bench.Tasks.Rows(file.Key, "CAST(AGE AS DOUBLE), CAST(SEX AS VARCHAR)")
            .Select(row => ((double?)row[0], (string)row[1]!))];
        rows.Count(row => row.Age == 30).ShouldBePositive("a value on an edge belongs to the group below it");
        foreach (ScoreStatistics found in new[] { whole.Statistics!.Value.Deserialize(), first + second })
        {
            found.Missing.ShouldBe(new Dictionary<string, long> { ["AGE"] = rows.LongCount(row => row.Age is null) });
            found.Groups!["AGE"].ShouldBe([
                rows.LongCount(row => row.Age <= 25), rows.LongCount(row => row.Age is > 25 and <= 30),
                rows.LongCount(row => row.Age is > 30 and <= 40.5), rows.LongCount(row => row.Age > 40.5)]);
            found.Groups["SEX"].ShouldBe([rows.LongCount(row => row.Sex == "2"), rows.LongCount(row => row.Sex == "1")]);
        }
    }

    [Fact]
    public async Task Run_ModelVersion_IsNoPartOfTheContent()
    {
        using ScoreBench bench = new("catboost/numeric-binary");
        InputFile file = bench.Input();

        TaskResult one = await bench.RunAsync(bench.Split(file, 0, 1000));
        bench.Work = bench.Work with { Model = bench.Pin with { Version = "v2" } };
        TaskResult two = await bench.RunAsync(bench.Split(file, 0, 1000));

        two.Content.ShouldBe(one.Content);
        two.Part!.Sha256.ShouldNotBe(one.Part!.Sha256);
    }

    [Fact]
    public async Task Run_Twins_SameBytesAndBothPending()
    {
        using ScoreBench bench = new("catboost/numeric-binary");
        TaskSpec split = bench.Split(bench.Input(), 0, 1000);

        TaskResult[] twins = await Task.WhenAll(bench.RunAsync(split), bench.RunAsync(split));

        twins[1].Part!.Sha256.ShouldBe(twins[0].Part!.Sha256);
        (await bench.Tasks.PendingAsync()).Order().ShouldBe(twins.Select(twin => twin.Part!.Key).Order());
    }

    [Fact]
    public async Task Run_ModelFileReplaced_IsRejected()
    {
        using ScoreBench bench = new("catboost/numeric-binary");
        await File.AppendAllTextAsync(bench.Tasks.Store.LocalPath(bench.Pin.Key)!, "x");

        TaskResult answer = await bench.RunAsync(bench.Split(bench.Input(), 0, 1000));

        answer.Status.ShouldBe(TaskResultStatus.Rejected);
        answer.Error!.Code.ShouldBe("MODEL_CHANGED");
    }

    [Fact]
    public async Task Run_ColumnsMissing_AreAllNamed()
    {
        using ScoreBench bench = new("catboost/numeric-binary");
        InputFile file = bench.Tasks.Write("in/narrow.parquet", "SELECT 1 AS id, 2 AS AGE");

        TaskResult answer = await bench.RunAsync(bench.Split(file, 0, 1));

        answer.Error!.Code.ShouldBe("INPUT_COLUMNS_MISSING");
        answer.Error.Message.ShouldContain("LIMIT_BAL");
        answer.Error.Message.ShouldContain("PAY_AMT6");
    }

    [Fact]
    public async Task Run_HandedOnColumnWithAResultsName_IsRefused()
    {
        using ScoreBench bench = new("catboost/numeric-binary");
        bench.Work = bench.Work with { PassThrough = ["score"] };
        InputFile file = bench.Tasks.Write("in/clash.parquet",
            $"SELECT *, 1 AS score FROM '{bench.Tasks.Store.LocalPath(bench.Input().Key)}'");

        TaskResult answer = await bench.RunAsync(bench.Split(file, 0, 10));

        answer.Error!.Code.ShouldBe("SCORE_COLUMNS_CLASH");
    }

    private static IEnumerable<long> Bits(IEnumerable<double> values) => values.Select(BitConverter.DoubleToInt64Bits);
}
