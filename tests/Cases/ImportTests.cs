using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Cases;

/// <summary>
/// Tables that import once changed, mixed up or spent a root on: they come in as they are, or are refused before anything is published.
/// </summary>
public sealed class ImportTests
{
    [Theory]
    [InlineData("c13-names-by-case", "IMPORT_NAMES_CLASH", "a, A", "rows.csv", "--like", "model.cbm")]
    [InlineData("c8-import-takes-double-category", "SCHEMA_MISMATCH", "code is DOUBLE", "rows.parquet", "--like", "model.cbm")]
    [InlineData("e1-import-columns-differ", "IMPORT_HEADERS_DIFFER", "b.parquet does not have the columns of", "a.parquet", "b.parquet",
        "--like", "model.cbm")]
    [InlineData("e1-import-key-by-first-file", "IMPORT_TYPES_DIFFER", "The key id is BIGINT in", "a.parquet", "b.parquet", "--like",
        "model.cbm")]
    [InlineData("e1-import-types-differ", "IMPORT_TYPES_DIFFER", "The column c is", "a.parquet", "b.parquet", "--like", "model.cbm")]
    [InlineData("s6-floating-key", "KEY_TYPE_UNSUPPORTED", "id is DOUBLE", "rows.parquet", "--like", "model.cbm")]
    [InlineData("s4-nul-header", "INPUT_ENCODING", "line 1 has a zero byte", "rows.csv")]
    [InlineData("s4-import-shows-duckdb-advice", "INPUT_ENCODING", "line 3 has the byte E9", "rows.csv")]
    [InlineData("s5-header-text-after-quote", "INPUT_QUOTES", "rows.csv, line 1", "rows.csv")]
    [InlineData("s7-extra-empty-cells", "INPUT_ROW_WIDTH", "rows.csv, line 2: the row has 4 cells; allowed are 3", "rows.csv")]
    public void Import_TableThatCannotBeKept_IsRefusedByName(string id, string code, string says, params string[] arguments)
    {
        using CaseFolder folder = new(id);

        ProgramResult result = Import(folder, arguments);

        result.ExitCode.ShouldBe(65, result.Errors);
        result.Errors.ShouldContain($"error {code}:");
        result.Errors.ShouldContain(says);
        foreach (string inner in new[] { "   at BatchScoring", "Possible Solution", "delimiter =", "SELECT" })
            result.Errors.ShouldNotContain(inner);
        Directory.Exists(folder.File("root", "train")).ShouldBeFalse();
    }

    [Fact]
    public void Import_FileNamedTwice_IsUsage()
    {
        using CaseFolder folder = new("e1-same-file-twice");

        ProgramResult result = Import(folder, "a.parquet", "./a.parquet", "--like", "model.cbm");

        result.ExitCode.ShouldBe(64, result.Errors);
        result.Errors.ShouldContain("a.parquet is named 2 times");
    }

    [Fact]
    public void Import_ParquetOfAnotherEnding_IsToldByItsContent()
    {
        using CaseFolder folder = new("e1-parquet-other-ending");

        Import(folder, "rows.parq", "--like", "model.cbm").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Import_ModelWithoutNames_TakesColumnsByPositionAndSaysSo()
    {
        using CaseFolder folder = new("e1-import-like-nameless");

        ProgramResult result = Import(folder, "rows.csv", "--like", "model.cbm");

        result.ExitCode.ShouldBe(0, result.Errors);
        (result.Errors + result.Output).ShouldContain("by position");
        Scores(folder).Select(line => string.Join(',', line.Split(',').Take(2))).ShouldBe(["1,301.0", "2,402.0"]);
    }

    [Fact]
    public void Import_NumbersOfOtherKinds_AreSetAsideAsPredictRefusesThem()
    {
        using CaseFolder folder = new("s10-import-takes-other-numbers");

        ProgramResult result = Import(folder, "rows.csv", "--like", "model.cbm");

        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("4 UNREADABLE_NUMBER");
        result.Output.ShouldContain("5 in all: 0 to train/, 1 to test/, 4 set aside");
        Scores(folder).Select(line => line.Split(',')[0]).ShouldBe(["e"]);
    }

    [Fact]
    public void Import_TextBetweenTwoFloats_IsRoundedThroughDouble()
    {
        using CaseFolder folder = new("c12-text-double-rounding");

        Import(folder, "rows.csv", "--like", "model.cbm").ExitCode.ShouldBe(0);

        Scores(folder).Select(line => string.Join(',', line.Split(',').Take(2))).ShouldBe(["a,0.0", "b,1.0", "c,0.0"]);
    }

    [Fact]
    public void Import_UnsignedKey_KeepsAllItsDigits()
    {
        using CaseFolder folder = new("s6-uint64-key");

        ProgramResult result = Import(folder, "rows.parquet", "--like", "model.cbm");

        result.ExitCode.ShouldBe(0, result.Errors);
        Scores(folder).Select(line => line.Split(',')[0]).ShouldContain("18446744073709551615");
    }

    [Fact]
    public void Import_ColumnWithoutName_IsLeftOutAndSaidSo()
    {
        using CaseFolder folder = new("s7-empty-column-name");

        ProgramResult result = Import(folder, "rows.csv", "--like", "model.cbm");

        result.ExitCode.ShouldBe(0, result.Errors);
        (result.Errors + result.Output).ShouldContain("without a name were left out");
    }

    [Fact]
    public void Import_ColumnCalledAsAFolderStep_IsSaid()
    {
        using CaseFolder folder = new("o8-partition-name-clash");

        ProgramResult result = Import(folder, "t.csv", "--like", "m.cbm");

        result.ExitCode.ShouldBe(0, result.Errors);
        (result.Errors + result.Output).ShouldContain("run_date");
    }

    [Fact]
    public void Datagen_NextLine_RunsAsPrinted()
    {
        Repository.Data("cases", "nc-datagen-next").ShouldNotBeEmpty();
        using TemporaryFolder folder = new();
        ProgramResult made = BuiltProgram.DataGen.Run(folder.Path, new Dictionary<string, string>(), "--rows", "100", "--out", "d");
        string next = made.Output.Split('\n').Single(line => line.StartsWith("next: batch-score ", StringComparison.Ordinal));

        ProgramResult result = BuiltProgram.BatchScore.Run(folder.Path, new Dictionary<string, string>(), next.Trim().Split(' ')[2..]);

        result.ExitCode.ShouldBe(0, result.Errors);
        next.ShouldContain("--outcome loss");
    }

    private static ProgramResult Import(CaseFolder folder, params string[] arguments) => folder.Run(
    [
        "import", .. arguments, "--key", "id", "--first-date", "2026-11-21", "--test-where", "true", "--sample-share", "1",
            "--max-bad-percent", "100", "--quiet",
    ]);

    /// <summary>The rest of the story: the lines of the scores below their header.</summary>
    private static string[] Scores(CaseFolder folder)
    {
        foreach (string[] command in new[] { ["sample"], new[] { "score", "--model", "model.cbm", "--max-bad-percent", "100" },
            ["collect", "--output", "out.csv"] })
            folder.Run([.. command, "--date", "2026-11-21", "--quiet"]).ExitCode.ShouldBe(0);
        return [.. File.ReadAllLines(folder.File("out.csv")).Skip(1)];
    }
}
