using BatchScoring.DuckDb;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>Tables that are awkward to import: each comes in as it is, or is refused before anything is published.</summary>
public sealed class ImportInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CreditCardStory _story;
    private readonly DuckDatabase _database = DuckDatabase.Open();
    private readonly DuckConnection _duck;

    public ImportInputTests()
    {
        _story = new CreditCardStory(_folder.File("bank"), _folder.Path);
        _duck = _database.Connect();
    }

    public void Dispose()
    {
        _duck.Dispose();
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Import_PathStepsThatLookLikeColumns_AreNone()
    {
        Directory.CreateDirectory(_folder.File("year=2025", "month=3"));
        Parquet("year=2025/month=3/loans.parquet", "SELECT range AS id, 7 AS year, range * 2 AS x FROM range(20)");

        Import("year=2025/month=3/loans.parquet").ShouldExitWith(0);

        Rows("id, year, x", "*").Columns.Select(column => column.Name).ShouldBe(["id", "year", "x"]);
        Rows("min(year), max(year)", "*").Rows().Single().ShouldBe([7, 7]);
    }

    [Fact]
    public void Import_ConditionThatAnswersDifferentlyEachTime_PutsEveryRowIntoOneSet()
    {
        Table("loans.csv", 1000);

        Import("loans.csv", "--test-where", "random() < 0.5").ShouldExitWith(0);

        Rows("count(*), count(DISTINCT id)", "*").Rows().Single().ShouldBe([1000L, 1000L]);
        Rows("count(*)", "test").Scalar<long>().ShouldBeInRange(300, 700);
    }

    [Theory]
    [InlineData("income > 3", "income")]
    [InlineData("id =", "syntax error")]
    [InlineData("CAST(name AS INTEGER) > 3", "row-1")]
    [InlineData("count(*) > 3", "aggregate")]
    public void Import_ConditionThatCannotBeEvaluated_IsUsageAndShowsNoSqlOfOurs(string where, string says)
    {
        Table("loans.csv", 20);

        ProgramResult result = Import("loans.csv", "--test-where", where);

        Refused(result, 64, "OPTION_INVALID", $"--test-where \"{where}\"", says);
        result.Errors.ShouldNotContain("SELECT");
        result.Errors.ShouldNotContain("read_parquet");
    }

    [Fact]
    public void Import_ConditionThatEndsInAComment_Works()
    {
        Table("loans.csv", 20);

        Import("loans.csv", "--test-where", "id > 15 -- the newest").ShouldExitWith(0);

        Rows("count(*)", "test").Scalar<long>().ShouldBe(5);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public void Import_TableWithoutRows_IsRefusedAndTheRootStaysFree(string format)
    {
        File.WriteAllText(_folder.File("empty.csv"), "id,x\n");
        Parquet("empty.parquet", "SELECT range AS id, 1 AS x FROM range(0)");

        Refused(Import($"empty.{format}"), 65, "IMPORT_EMPTY", "no row");

        Table("loans.csv", 50);
        Import("loans.csv").ShouldExitWith(0);
    }

    [Fact]
    public void Import_NoRowForTest_IsRefusedAndTheRootStaysFree()
    {
        Table("loans.csv", 50);

        Refused(Import("loans.csv", "--test-where", "id > 1000"), 65, "IMPORT_EMPTY", "test/", "id > 1000");
        Refused(Import("loans.csv", "--test-share", "0.0001"), 65, "IMPORT_EMPTY", "--test-share");
        Import("loans.csv").ShouldExitWith(0);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public void Import_ColumnCalledFilename_IsAColumnLikeOthers(string format)
    {
        File.WriteAllLines(_folder.File("scans.csv"),
            ["id,filename,x", .. Enumerable.Range(1, 20).Select(i => $"{i},{i}.pdf,{i}"), "20,again.pdf,1"]);
        Parquet("scans.parquet", "SELECT * FROM read_csv('scans.csv')".Replace("scans.csv", _folder.File("scans.csv")));

        Import($"scans.{format}", "--max-bad-percent", "10").ShouldExitWith(0).Output.ShouldContain("1 DUPLICATE_KEY");

        Rows("filename", "*", "WHERE id = 7").Scalar<string>().ShouldBe("7.pdf");
    }

    [Fact]
    public void Import_ColumnCalledAsRowsAreNumbered_IsRefusedByName()
    {
        File.WriteAllText(_folder.File("rows.csv"), "id,File_Row_Number\n1,2\n");
        Parquet("rows.parquet", "SELECT 1 AS id, 2 AS file_row_number");

        Refused(Import("rows.csv"), 65, "IMPORT_COLUMN_RESERVED", "File_Row_Number");
        Refused(Import("rows.parquet"), 65, "IMPORT_COLUMN_RESERVED", "file_row_number");
    }

    [Fact]
    public void Import_TooLittleMemory_IsNotCalledABadFile()
    {
        Parquet("wide.parquet", $"SELECT range AS id, " +
            $"{string.Join(", ", Enumerable.Range(0, 200).Select(i => $"repeat(chr(65 + (range % 26)::INT), 400) || range AS c{i}"))} " +
            "FROM range(2000)");

        ProgramResult result = Import("wide.parquet", "--memory", "1");

        result.ExitCode.ShouldNotBe(0);
        result.Errors.ShouldNotContain("IMPORT_UNREADABLE");
        result.Errors.ShouldContain("memory", Case.Insensitive);
    }

    [Fact]
    public void Import_PublishedAlready_AnswersBeforeItReadsAnyRowAgain()
    {
        Table("loans.csv", 50);
        Import("loans.csv").ShouldExitWith(0);

        Import("loans.csv").ShouldExitWith(0).Output.ShouldContain("nothing done");
        // The condition fails on the first row that it sees, so another answer than this one would have come if rows were read.
        Refused(Import("loans.csv", "--test-where", "CAST(name AS INTEGER) > 3"), 65, "PUBLISHED_FROM_OTHER_INPUTS", "new root");
    }

    [Fact]
    public void Import_LostPartOfAPublishedImport_AdvisesANewRoot()
    {
        Table("loans.csv", 50);
        Import("loans.csv").ShouldExitWith(0);
        foreach (string part in Directory.EnumerateFiles(_folder.File("bank", "train"), "part-*")) File.Delete(part);
        File.Delete(_folder.File("bank", "train", "_SUCCESS"));

        ProgramResult lost = Import("loans.csv");

        Refused(lost, 2, "PART_LOST_FOR_GOOD", "new root");
        lost.Errors.ShouldNotContain("--revision");
        File.WriteAllText(Directory.EnumerateFiles(_folder.File("bank", "artifacts", "runs", "import-train-r1"), "plan.json",
            SearchOption.AllDirectories).Single(), "{ no plan");
        Refused(Import("loans.csv"), 65, "RUN_FILE_UNREADABLE", "plan.json");
    }

    private ProgramResult Import(string file, params string[] more) =>
        _story.Run(["import", file, "--key", "id", "--first-date", CreditCardStory.Date, .. more]);

    private void Table(string name, int rows) =>
        File.WriteAllLines(_folder.File(name), ["id,name,x", .. Enumerable.Range(1, rows).Select(i => $"{i},row-{i},{i % 7}")]);

    private void Parquet(string name, string select) =>
        _duck.Execute($"COPY ({select}) TO {DuckSql.Literal(_folder.File(name))} (FORMAT PARQUET)");

    /// <summary>Of the parts of train/ or test/, or of both.</summary>
    private DuckResult Rows(string select, string set, string where = "") => _duck.Query(
        $"SELECT {select} FROM read_parquet({DuckSql.Literals(Parts(set))}, hive_partitioning = false) {where}");

    private IEnumerable<string> Parts(string set) => new[] { "train", "test" }.Where(folder => set == "*" || set == folder)
        .SelectMany(folder => Directory.EnumerateFiles(_folder.File("bank", folder), "part-*.parquet"));

    private static void Refused(ProgramResult result, int exitCode, string code, params string[] says)
    {
        result.ShouldExitWith(exitCode).Errors.ShouldContain("error " + code);
        result.Errors.ShouldNotContain("   at BatchScoring", customMessage: "a stack trace is no answer");
        foreach (string text in says) result.Errors.ShouldContain(text);
    }
}
