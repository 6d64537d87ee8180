using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Cases;

/// <summary>What DuckDB would do on its own: expand a path, take the machine's time zone.</summary>
public sealed class DuckDbTests
{
    [Theory]
    [InlineData("auto")]
    [InlineData("duckdb")]
    public void Predict_FileNamedLikeAPattern_ReadsThatFileAlone(string reader)
    {
        using CaseFolder folder = new("p-glob-in-file-name");

        ProgramResult result = folder.Run(
            "predict", "--model", "m.cbm", "--input", "part-[0].parquet", "--output", "-", "--key", "k", "--reader", reader, "--quiet");

        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldBe("k,RawFormulaVal\nk100,5\nk101,5\nk102,6\nk103,6\nk104,7\n");
    }

    [Fact]
    public void Import_MomentsOnAMachineInTokyo_FallOnTheSameDays()
    {
        using CaseFolder folder = new("e1-host-time-zone");

        string[] rows = [.. new[] { "UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati" }.Select(zone =>
        {
            ProgramResult result = folder.RunWith(
                new Dictionary<string, string> { ["TZ"] = zone, ["BATCHSCORING_ROOT"] = folder.File("root", zone) },
                "import", "rows.parquet", "--key", "id", "--like", "model.cbm", "--first-date", "2026-11-21",
                "--test-where", "opened >= '2026-11-21'", "--sample-share", "1", "--quiet");
            result.ExitCode.ShouldBe(0, result.Errors);
            return string.Concat(result.Output.Split('\n').Where(line => line.TrimStart().StartsWith("rows ", StringComparison.Ordinal)));
        })];

        rows[0].ShouldContain("2 read, 2 out");
        rows.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
    }
}
