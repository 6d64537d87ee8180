using BatchScoring.Parquet;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Parquet;

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
    [InlineData("s5-semicolon-hint", "COLUMNS_MISSING", "semicolons stood between its cells: say --delimiter ';'", "rows.csv")]
    [InlineData("s3-invisible-characters", "COLUMNS_MISSING", "It has: <U+FEFF>id, v.", "rows.csv")]
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

    /// <summary>As "c8-import-takes-double-category" and "s6-floating-key": a type of which nobody knows the text.</summary>
    [Theory]
    [InlineData("code", "FLOAT", "SCHEMA_MISMATCH")]
    [InlineData("code", "DOUBLE", "SCHEMA_MISMATCH")]
    [InlineData("id", "FLOAT", "KEY_TYPE_UNSUPPORTED")]
    [InlineData("id", "DECIMAL(9,2)", "KEY_TYPE_UNSUPPORTED")]
    [InlineData("id", "BOOLEAN", "KEY_TYPE_UNSUPPORTED")]
    [InlineData("code", "INTEGER", null)]
    [InlineData("code", "VARCHAR", null)]
    [InlineData("id", "INTEGER", null)]
    public void Import_ColumnOfAnyType_IsKeptOrRefusedByName(string column, string type, string? code)
    {
        using CaseFolder folder = new("c8-import-takes-double-category");
        File.WriteAllBytes(folder.File("typed.parquet"), TestParquet.Write(10,
            column == "id" ? Typed("id", type) : Typed("id", "INTEGER"), TestColumn.Floats("v", [0, 1]),
            column == "code" ? Typed("code", type) : Typed("code", "INTEGER")));

        ProgramResult result = Import(folder, "typed.parquet", "--like", "model.cbm").ShouldExitWith(code is null ? 0 : 65);

        if (code is null) return;
        result.Errors.ShouldContain($"error {code}:");
        result.Errors.ShouldContain($"{column} is {type}");
        Directory.Exists(folder.File("root", "train")).ShouldBeFalse();
    }

    /// <summary>As "e1-import-key-by-first-file": in either order, and only where a value would change.</summary>
    [Theory]
    [InlineData("VARCHAR", "INTEGER", "IMPORT_TYPES_DIFFER")]
    [InlineData("INTEGER", "VARCHAR", "IMPORT_TYPES_DIFFER")]
    [InlineData("BIGINT", "VARCHAR", "IMPORT_TYPES_DIFFER")]
    [InlineData("INTEGER", "BIGINT", null)]
    public void Import_KeysOfTwoTypes_AreWidenedOrRefused(string first, string second, string? code)
    {
        using CaseFolder folder = new("e1-import-key-by-first-file");
        File.WriteAllBytes(folder.File("a.parquet"), TestParquet.Write(10, Typed("id", first), TestColumn.Floats("x", [0, 1])));
        File.WriteAllBytes(folder.File("b.parquet"), TestParquet.Write(10, Typed("id", second, 100), TestColumn.Floats("x", [0, 1])));

        ProgramResult result = Import(folder, "a.parquet", "b.parquet", "--like", "model.cbm").ShouldExitWith(code is null ? 0 : 65);

        if (code is null) result.Output.ShouldContain("4 in all");
        else result.Errors.ShouldContain($"error {code}: The key id is {first} in");
    }

    [Theory]
    [InlineData("a.parquet", "./a.parquet")]
    [InlineData("a.parquet", "none/../a.parquet")]
    [InlineData("a.parquet", "more", "more/../a.parquet")]
    public void Import_FileNamedTwice_IsUsage(params string[] files)
    {
        using CaseFolder folder = new("e1-same-file-twice");
        Directory.CreateDirectory(folder.File("more"));
        File.Copy(folder.File("a.parquet"), folder.File("more", "b.parquet"));

        ProgramResult result = Import(folder, [.. files, "--like", "model.cbm"]);

        result.ExitCode.ShouldBe(64, result.Errors);
        result.Errors.ShouldContain("a.parquet is named 2 times");
    }

    [Theory]
    [InlineData("rows.parq")]
    [InlineData("000000_0")]
    [InlineData("rows.csv")]
    [InlineData("ROWS.PARQUET.bak")]
    public void Import_ParquetOfAnotherEnding_IsToldByItsContent(string name)
    {
        using CaseFolder folder = new("e1-parquet-other-ending");
        if (name != "rows.parq") File.Move(folder.File("rows.parq"), folder.File(name));

        Import(folder, name, "--like", "model.cbm").ShouldExitWith(0);
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

    [Theory]
    [InlineData("id,x,y,later\n1,1,3,9\n2,2,4,9\n", null)]
    [InlineData("x,id,y\n1,1,3\n2,2,4\n", null)]
    [InlineData("id,x\n1,1\n", "COLUMNS_MISSING")]
    public void Import_ModelWithoutNamesAndOtherTables_NeedsAsManyColumns(string rows, string? code)
    {
        using CaseFolder folder = new("e1-import-like-nameless");
        File.WriteAllText(folder.File("rows.csv"), rows);

        ProgramResult result = Import(folder, "rows.csv", "--like", "model.cbm").ShouldExitWith(code is null ? 0 : 65);

        if (code is not null) result.Errors.ShouldContain(code);
        else Scores(folder).Select(line => string.Join(',', line.Split(',').Take(2))).ShouldBe(["1,301.0", "2,402.0"]);
    }

    /// <summary>As "s10-import-takes-other-numbers": one definition of a number for every way in.</summary>
    [Fact]
    public void Import_TextsThatAreNoNumbers_AreSetAside()
    {
        using CaseFolder folder = new("s10-import-takes-other-numbers");
        string[] texts = ["0x1F", "1e", "--1", "1 2", "1f", "١", "1,5", "+-1", "1__0", "infinit", "\u00A01"];
        string[] numbers = ["1e0", "-.5", "+2", "nan", "NA", "", "1E-3"];
        File.WriteAllLines(folder.File("rows.csv"), texts.Concat(numbers).Select((text, i) => $"{i},\"{text}\"").Prepend("id,v"));

        ProgramResult result = Import(folder, "rows.csv", "--like", "model.cbm").ShouldExitWith(0);

        result.Output.ShouldContain($"{texts.Length} UNREADABLE_NUMBER");
        result.Output.ShouldContain($"{numbers.Length} to test/");
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

    /// <summary>As "s6-uint64-key": whole numbers of any size are keys, to the last digit.</summary>
    [Fact]
    public void Import_KeysAtTheEndsOfTheirType_KeepAllTheirDigits()
    {
        using CaseFolder folder = new("s6-uint64-key");
        long[] keys = [long.MinValue, long.MaxValue, -1, 0, (1L << 53) + 1];
        File.WriteAllBytes(folder.File("rows.parquet"), TestParquet.Write(10,
            TestColumn.Integers("id", keys.Select(key => (long?)key)), TestColumn.Floats("v", keys.Select(_ => (float?)0))));

        Import(folder, "rows.parquet", "--like", "model.cbm").ShouldExitWith(0);

        Scores(folder).Select(line => long.Parse(line.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(keys);
    }

    [Fact]
    public void Import_UnsignedKey_KeepsAllItsDigits()
    {
        using CaseFolder folder = new("s6-uint64-key");

        ProgramResult result = Import(folder, "rows.parquet", "--like", "model.cbm");

        result.ExitCode.ShouldBe(0, result.Errors);
        Scores(folder).Select(line => line.Split(',')[0]).ShouldContain("18446744073709551615");
        File.ReadAllText(Directory.GetFiles(folder.File("root/test_sample_inference/_delta_log")).Single()).ShouldContain("\\\"name\\\":\\\"id\\\",\\\"type\\\":\\\"string\\\"");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("id,,v\na,0,1\nb,1,0\n")]
    [InlineData("id,v,\na,1,\nb,0,x\n")]
    [InlineData("\"\",id,v\n7,a,1\n8,b,0\n")]
    public void Import_ColumnWithoutName_IsLeftOutAndSaidSo(string? rows)
    {
        using CaseFolder folder = new("s7-empty-column-name");
        if (rows is not null) File.WriteAllText(folder.File("rows.csv"), rows);

        ProgramResult result = Import(folder, "rows.csv", "--like", "model.cbm");

        result.ExitCode.ShouldBe(0, result.Errors);
        (result.Errors + result.Output).ShouldContain("without a name were left out");
    }

    [Theory]
    [InlineData("run_date")]
    [InlineData("RUN_DATE")]
    [InlineData("revision")]
    [InlineData("Revision")]
    public void Import_ColumnCalledAsAFolderStep_IsSaid(string name)
    {
        using CaseFolder folder = new("o8-partition-name-clash");
        File.WriteAllText(folder.File("t.csv"), File.ReadAllText(folder.File("t.csv")).Replace("run_date", name, StringComparison.Ordinal));

        ProgramResult result = Import(folder, "t.csv", "--like", "m.cbm").ShouldExitWith(0);

        (result.Errors + result.Output).ShouldContain($"The column(s) {name} are called as the layout's folders");
    }

    /// <summary>Case "nc-datagen-next".</summary>
    [Theory]
    [InlineData("--rows", "100", "--out", "d")]
    [InlineData("--rows", "60", "--out", "d", "--format", "csv")]
    [InlineData("--rows", "60", "--out", "e/f", "--seed", "7")]
    [InlineData("--rows", "60", "--out", "d", "--model-out", "m.cbm")]
    public void Datagen_NextLine_RunsAsPrinted(params string[] arguments)
    {
        using TemporaryFolder folder = new();
        ProgramResult made = BuiltProgram.DataGen.Run(folder.Path, new Dictionary<string, string>(), arguments).ShouldExitWith(0);
        string next = made.Output.Split('\n').Single(line => line.StartsWith("next: batch-score ", StringComparison.Ordinal));

        ProgramResult result = BuiltProgram.BatchScore.Run(folder.Path, new Dictionary<string, string>(), next.Trim().Split(' ')[2..]);

        result.ExitCode.ShouldBe(0, result.Errors);
        next.ShouldContain("--outcome loss");
    }

    /// <summary>Two rows of a type, each with a value of its own.</summary>
    private static TestColumn Typed(string name, string type, int from = 1) => type switch
    {
        "FLOAT" => TestColumn.Floats(name, [from, from + 1]),
        "DOUBLE" => TestColumn.Doubles(name, [from, from + 1]),
        "BOOLEAN" => new TestColumn(name, ParquetType.Boolean, [0, 1]),
        "DECIMAL(9,2)" => TestColumn.Decimals(name, 9, 2, [100 * from, 100 * (from + 1)]),
        "VARCHAR" => TestColumn.OfTexts(name, "0042"u8.ToArray(), "b"u8.ToArray()),
        _ => TestColumn.Integers(name, [from, from + 1], isWide: type == "BIGINT"),
    };

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
