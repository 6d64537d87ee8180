using BatchScoring.Core;
using BatchScoring.Scoring;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Tasks;

/// <summary>One row is spoiled in each way; it must be set aside with code, column and value, and the others be scored as ever.</summary>
public sealed class ScoreQuarantineTests
{
    [Theory]
    [InlineData("CASE WHEN id <> 7 THEN id END AS id", "MISSING_KEY", "id", null, null)]
    [InlineData("CASE WHEN id = 7 THEN 'infinity'::FLOAT ELSE AGE END AS AGE", "INFINITE_VALUE", "AGE", "inf", "7")]
    [InlineData("CASE WHEN id = 7 THEN -1e300 ELSE AGE::DOUBLE END AS AGE", "INFINITE_VALUE", "AGE", "-1e+300", "7")]
    [InlineData("CASE WHEN id = 7 THEN 'forty' ELSE AGE::VARCHAR END AS AGE", "UNREADABLE_NUMBER", "AGE", "forty", "7")]
    [InlineData("CASE WHEN id = 7 THEN 151 ELSE AGE END AS AGE", "OUT_OF_RANGE", "AGE", "151.0", "7")]
    [InlineData("CASE WHEN id = 7 THEN -0.5 ELSE AGE END AS AGE", "OUT_OF_RANGE", "AGE", "-0.5", "7")]
    [InlineData("CASE WHEN id = 7 THEN '9' ELSE SEX END AS SEX", "UNKNOWN_CATEGORY", "SEX", "9", "7")]
    [InlineData("CASE WHEN id <> 7 THEN SEX END AS SEX", "WRONG_TYPE", "SEX", null, "7")]
    public async Task Run_OneBadRow_IsSetAsideWithItsReason(string spoil, string code, string column, string? value, string? key)
    {
        using ScoreBench bench = Bench();
        InputFile file = bench.Changed(100, spoil);

        TaskResult answer = await bench.RunAsync(bench.Split(file, 0, 100));

        answer.Status.ShouldBe(TaskResultStatus.Done, answer.Error?.Message);
        answer.QuarantineCounts.ShouldBe(new Dictionary<string, long> { [code] = 1 });
        bench.Tasks.Rows(answer.QuarantineKey!).ShouldBe([[key, 7L, file.Key, code, column, value]], new RowComparer());
        (answer.RowsRead, answer.RowsOut, answer.RowsQuarantined).ShouldBe((100, 99, 1));
        answer.QuarantineContent.Rows.ShouldBe(1);
        TaskResult good = await bench.RunAsync(bench.Split(bench.Changed(100, "id AS id", "in/good.parquet"), 0, 100, duplicates: [7]));
        answer.Content.ShouldBe(good.Content);
    }

    [Fact]
    public async Task Run_DuplicateRows_AreSetAside()
    {
        using ScoreBench bench = Bench();
        InputFile file = bench.Changed(100, "id // 2 AS id");

        TaskResult answer = await bench.RunAsync(bench.Split(file, 50, 50, split: 3, duplicates: [51, 53, 99]));

        answer.QuarantineKey.ShouldBe($"{bench.Tasks.Header.AttemptFolder}quarantine/split-00003.parquet");
        bench.Tasks.Rows(answer.QuarantineKey!).Select(row => (row[0], row[1], row[3])).ShouldBe(
            [("25", 51L, "DUPLICATE_KEY"), ("26", 53L, "DUPLICATE_KEY"), ("49", 99L, "DUPLICATE_KEY")]);
        answer.RowsOut.ShouldBe(47);
    }

    [Fact]
    public async Task Run_CategoriesAsFloatingPoint_AreAllSetAside()
    {
        using ScoreBench bench = Bench();

        TaskResult answer = await bench.RunAsync(bench.Split(bench.Changed(3, "id + 0.5 AS SEX"), 0, 3));

        bench.Tasks.Rows(answer.QuarantineKey!, "code, value").ShouldBe(
            [["WRONG_TYPE", "0.5"], ["WRONG_TYPE", "1.5"], ["WRONG_TYPE", "2.5"]], new RowComparer());
    }

    [Fact]
    public async Task Run_SeveralReasons_KeyFirstThenTheModelsColumnOrder()
    {
        using ScoreBench bench = Bench();
        InputFile file = bench.Changed(10, "CASE WHEN id <> 1 THEN id END AS id, 500::FLOAT AS AGE, 'infinity'::FLOAT AS BILL_AMT1");

        TaskResult answer = await bench.RunAsync(bench.Split(file, 0, 10, duplicates: [1, 2]));

        bench.Tasks.Rows(answer.QuarantineKey!, "code, \"column\"").Select(row => (row[0], row[1])).Take(4).ShouldBe(
            [("OUT_OF_RANGE", "AGE"), ("MISSING_KEY", "id"), ("DUPLICATE_KEY", "id"), ("OUT_OF_RANGE", "AGE")]);
        answer.Part.ShouldBeNull();
        answer.RowsQuarantined.ShouldBe(10);
        (await bench.Tasks.PendingAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_NoRules_UnknownCategoriesAndAnyNumberAreScored()
    {
        using ScoreBench bench = Bench();
        bench.Work = bench.Work with { Rules = [] };
        InputFile file = bench.Changed(100, "'never seen' AS SEX, -1e30::FLOAT AS AGE, NULL::FLOAT AS BILL_AMT1");

        TaskResult answer = await bench.RunAsync(bench.Split(file, 0, 100));

        answer.RowsOut.ShouldBe(100);
        answer.QuarantineKey.ShouldBeNull();
    }

    [Fact]
    public async Task Run_QuarantineContent_DoesNotDependOnSplitsOrFileNames()
    {
        using ScoreBench bench = Bench();
        string spoil = "CASE WHEN id % 10 = 3 THEN 'infinity'::FLOAT ELSE AGE END AS AGE";
        TaskResult whole = await bench.RunAsync(bench.Split(bench.Changed(100, spoil), 0, 100));
        InputFile other = bench.Changed(100, spoil, "other/name.parquet");

        TaskResult first = await bench.RunAsync(bench.Split(other, 0, 45));
        TaskResult second = await bench.RunAsync(bench.Split(other, 45, 55, split: 1));

        (first.QuarantineContent + second.QuarantineContent).ShouldBe(whole.QuarantineContent);
        (first.Content + second.Content).ShouldBe(whole.Content);
    }

    [Theory]
    [InlineData(null, 0.1, 1)]
    [InlineData(0.1, null, 0)]
    [InlineData(0.100000002, null, 1)]
    [InlineData(null, 0.100000002, 0)]
    [InlineData(-1e300, 1e300, 0)]
    public async Task Run_LimitBetweenTwoFloats_HoldsExactly(double? minimum, double? maximum, int setAside)
    {
        // The float 0.1 is 0.100000001490116.
        using ScoreBench bench = Bench();
        bench.Work = bench.Work with { Rules = [new FeatureRule("AGE", minimum, maximum)] };

        TaskResult answer = await bench.RunAsync(bench.Split(bench.Changed(1, "0.1::FLOAT AS AGE"), 0, 1));

        answer.RowsQuarantined.ShouldBe(setAside);
    }

    private static ScoreBench Bench()
    {
        ScoreBench bench = new("catboost/categorical-onehot");
        bench.Work = bench.Work with
        {
            Rules =
            [new FeatureRule("AGE", 0, 150), new FeatureRule("SEX", Categories: ["1", "2"]), new FeatureRule("NOT_IN_MODEL", 1, 2)]
        };
        return bench;
    }
}
