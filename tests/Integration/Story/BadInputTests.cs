using System.Text;
using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>What goes wrong in real life: each has an answer with a code, and says what was found and what to do.</summary>
public sealed class BadInputTests : IDisposable
{
    public const string Features = "LIMIT_BAL,SEX,EDUCATION,MARRIAGE,AGE,PAY_0,PAY_2,PAY_3,PAY_4,PAY_5,PAY_6,BILL_AMT1,BILL_AMT2,BILL_AMT3,BILL_AMT4,BILL_AMT5,BILL_AMT6,PAY_AMT1,PAY_AMT2,PAY_AMT3,PAY_AMT4,PAY_AMT5,PAY_AMT6";

    private readonly TemporaryFolder _folder = new();
    private readonly CreditCardStory _story;

    public BadInputTests() => _story = new CreditCardStory(_folder.File("bank"), _folder.Path);

    [Fact]
    public void Import_NoSuchFile_NamesTheFile() => Refused(
        _story.Run("import", "absent.csv", "--key", "ID", "--first-date", "2026-11-21"), 65, "IMPORT_FILE_NOT_FOUND", "absent.csv");

    [Fact]
    public void Import_RaggedRows_SaysWhichLine()
    {
        File.WriteAllText(_folder.File("ragged.csv"), "id,a\n1,2\n2,3,4\n");

        Refused(_story.Run("import", "ragged.csv", "--key", "id", "--first-date", "2026-11-21"), 65, "INPUT_ROW_WIDTH", "line 3");
    }

    [Fact]
    public void Import_WrongEncoding_SaysSo()
    {
        File.WriteAllBytes(_folder.File("latin1.csv"), Encoding.Latin1.GetBytes("id,name\n1,Müller\n2,Köhler\n"));

        Refused(_story.Run("import", "latin1.csv", "--key", "id", "--first-date", "2026-11-21"), 65, "INPUT_ENCODING", "UTF-8");
    }

    [Fact]
    public void Import_MissingFeatureColumns_NamesAllAtOnce()
    {
        File.WriteAllText(_folder.File("narrow.csv"), "ID,LIMIT_BAL,SEX\n1,2,1\n");

        ProgramResult result = _story.Run("import", "narrow.csv", "--key", "ID", "--label", "y", "--like", CreditCardStory.Model,
            "--first-date", "2026-11-21");

        Refused(result, 65, "COLUMNS_MISSING", "y, ", "EDUCATION", "PAY_AMT6");
    }

    [Fact]
    public void Import_SecondTableIntoOneRoot_IsRefused()
    {
        _story.Import().ShouldExitWith(0);
        File.WriteAllText(_folder.File("other.csv"), "ID,x\n1,2\n2,3\n");

        Refused(_story.Run("import", "other.csv", "--key", "ID", "--first-date", "2026-11-21"), 65, "PUBLISHED_FROM_OTHER_INPUTS",
            "new root");
    }

    [Fact]
    public void Sample_BeforeTheFirstDateAndAfterTheLast_SaysWhichDatesThereAre()
    {
        _story.Import().ShouldExitWith(0);

        Refused(_story.Run("sample", "--date", "2026-11-20"), 64, "SAMPLE_TOO_EARLY", "2026-11-21");
        Refused(_story.Run("sample", "--date", "2026-11-22"), 65, "SAMPLE_POOL_SPENT", "2026-11-21");
        Refused(_story.Run("sample", "--date", "21.11.2026"), 64, "RUN_DATE_INVALID", "yyyy-MM-dd");
    }

    [Fact]
    public void Score_NothingThere_SaysHowToGetIt()
    {
        Refused(_story.Score(), 78, "ROOT_NOT_FOUND", "batch-score layout init");
        _story.Run("layout", "init").ShouldExitWith(0);
        Refused(_story.Score(), 65, "DATASET_NOT_FOUND", "batch-score sample");
    }

    [Fact]
    public void Score_UnsealedInput_SaysTryLaterUnlessToldThatItIsComplete()
    {
        Deliver("part.parquet", "SELECT 1::BIGINT AS ID, " + Row());

        Refused(_story.Score("--key", "ID"), 75, "DATASET_UNSEALED", "--unsealed");
        _story.Score("--key", "ID", "--unsealed").ShouldExitWith(0).Output.ShouldContain("1 out");
    }

    [Fact]
    public void Score_MissingRenamedAndRetypedColumns_AreAllNamedInOneMessage()
    {
        string columns = Row().Replace(" AS AGE", " AS age").Replace("1 AS LIMIT_BAL", "DATE '2026-01-01' AS LIMIT_BAL")
            .Replace(", 1 AS PAY_AMT6", "");
        Deliver("part.parquet", "SELECT 1::BIGINT AS ID, " + columns);

        Refused(_story.Score("--key", "ID", "--unsealed"), 65, "SCHEMA_MISMATCH", "AGE (renamed to age?)", "PAY_AMT6", "LIMIT_BAL is DATE");
    }

    [Fact]
    public void Score_DuplicateKeysAcrossFiles_KeepsTheFirstAndSetsTheOthersAside()
    {
        Deliver("a.parquet", $"SELECT range AS ID, {Row()} FROM range(100)");
        Deliver("b.parquet", $"SELECT range + 99 AS ID, {Row()} FROM range(100)");

        ProgramResult result = _story.Score("--key", "ID", "--unsealed").ShouldExitWith(0);

        result.Output.ShouldContain("200 read, 199 out, 1 set aside");
        result.Output.ShouldContain("1 DUPLICATE_KEY");
    }

    [Fact]
    public void Score_TooManyBadRows_IsHeldAnswersTheSameAgainAndIsReleasedWithAReason()
    {
        Deliver("a.parquet", $"SELECT CASE WHEN range < 10 THEN NULL ELSE range END AS ID, {Row()} FROM range(100)");

        Refused(_story.Score("--key", "ID", "--unsealed"), 4, null, "Held", "--release");
        Refused(_story.Score("--key", "ID", "--unsealed"), 4, null, "Held", "quarantine");
        Directory.Exists(_folder.File("bank", "test_sample_inference")).ShouldBeFalse();
        Refused(_story.Score("--key", "ID", "--unsealed", "--max-bad-rows", "5", "--max-bad-percent", "100"), 4, null, "Held");
        _story.Score("--key", "ID", "--unsealed", "--release", "agreed with risk")
            .ShouldExitWith(0).Output.ShouldContain("agreed with risk");
        _story.Score("--key", "ID", "--unsealed").ShouldExitWith(0).Output.ShouldContain("nothing done");
    }

    [Fact]
    public void Score_HeldResultWithAWiderGate_StaysHeldUntilSomebodySaysWhy()
    {
        Deliver("a.parquet", $"SELECT CASE WHEN range < 10 THEN NULL ELSE range END AS ID, {Row()} FROM range(100)");
        Refused(_story.Score("--key", "ID", "--unsealed"), 4, null, "Held");

        Refused(_story.Score("--key", "ID", "--unsealed", "--max-bad-percent", "10"), 4, null, "--release");
        _story.Score("--key", "ID", "--unsealed", "--release", "known bad feed").ShouldExitWith(0).Output.ShouldContain("10 MISSING_KEY");
    }

    [Fact]
    public void Import_BadRows_AreHeldAndReleased()
    {
        string[] rows = [.. Enumerable.Range(1, 50).Select(i => $"{i},{(i == 7 ? "seven" : i)},{i % 2}"), "50,3,0", ",4,1"];
        File.WriteAllLines(_folder.File("dirty.csv"), ["id,x,y", .. rows]);
        string[] import = ["import", "dirty.csv", "--key", "id", "--label", "y", "--first-date", CreditCardStory.Date];

        ProgramResult held = _story.Run([.. import, "--like", Numeric("x")]);

        Refused(held, 4, null, "1 DUPLICATE_KEY", "1 MISSING_KEY", "1 UNREADABLE_NUMBER");
        _story.Run([.. import, "--like", Numeric("x"), "--release", "known"]).ShouldExitWith(0).Output.ShouldContain("released");
        _story.Run([.. import, "--like", Numeric("x")]).ShouldExitWith(0).Output.ShouldContain("nothing done");
    }

    [Fact]
    public void Sample_TableWithOutcomes_DrawsRowsWithoutThem()
    {
        File.WriteAllLines(_folder.File("loans.csv"), ["id,x,y,loss", .. Enumerable.Range(1, 40).Select(i => $"{i},{i},{i % 2},{i}")]);
        _story.Run("import", "loans.csv", "--key", "id", "--label", "y", "--outcome", "loss", "--test-where", "id > 20", "--sample-share",
            "1",
            "--first-date", CreditCardStory.Date).ShouldExitWith(0);

        _story.Sample().ShouldExitWith(0).Output.ShouldContain("20 out");

        using var database = DuckDatabase.Open();
        using DuckConnection duck = database.Connect();
        using DuckResult sample =
            duck.Query($"SELECT * FROM read_parquet({DuckSql.Literal(_folder.File("bank", "test_sample", "*", "part-*.parquet"))}, " +
            "hive_partitioning = false)");
        sample.Columns.Select(column => column.Name).ShouldBe(["id", "x"]);
    }

    [Fact]
    public void Score_AnotherModelForAPublishedDate_IsRefusedUntilARevisionIsAskedFor()
    {
        _story.UpToScores();
        string other = Repository.Data("golden", "training", "logloss-balanced", "model.cbm");

        Refused(_story.Run("score", "--date", CreditCardStory.Date, "--model", other), 65, "PUBLISHED_FROM_OTHER_INPUTS", "--revision 2");
        _story.Run("score", "--date", CreditCardStory.Date, "--model", other, "--revision", "2", "--reason", "balanced").ShouldExitWith(0);
        _story.Run("list").ShouldExitWith(0).Output.ShouldContain("revision=2");
    }

    [Fact]
    public void Score_NoSuchModelOrNoModel_SaysWhatIsNeeded()
    {
        File.WriteAllText(_folder.File("text.cbm"), "this is no model");
        _story.Run("layout", "init").ShouldExitWith(0);

        Refused(_story.Run("score", "--date", CreditCardStory.Date, "--model", "absent.cbm"), 65, "MODEL_NOT_FOUND", "absent.cbm");
        Refused(_story.Run("score", "--date", CreditCardStory.Date, "--model", "text.cbm"), 65, "MODEL_", "");
    }

    [Fact]
    public void Collect_UnwritableOutput_LeavesNothingBehind()
    {
        _story.UpToScores();

        Refused(_story.Collect("absent/scores.csv"), 74, "OUTPUT_FOLDER_MISSING", "absent");
        Refused(_story.Collect("scores.pdf"), 64, "OUTPUT_FORMAT", ".csv");
    }

    [Fact]
    public void CommandLine_UnknownCommandOrMissingRoot_IsUsage()
    {
        Refused(_story.Run("skore"), 64, "USAGE", "skore");
        BuiltProgram.BatchScore.Run(_folder.Path, new Dictionary<string, string>(), "list")
            .ShouldExitWith(64).Errors.ShouldContain("BATCHSCORING_ROOT");
    }

    [Fact]
    public void Score_OnSparkWithoutSpark_SaysHowToSubmitAndDoesNothing()
    {
        using var story = new SmallStory();
        story.Deliver($"SELECT 1 AS ID, {SmallStory.Columns}");

        Refused(story.Score("--key", "ID", "--unsealed", "--engine", "spark"), 64, "ENGINE_NOT_HERE", "batch-score submit");
        Directory.Exists(story.Bank("artifacts")).ShouldBeFalse();
    }

    /// <summary>A model with one numeric feature.</summary>
    private string Numeric(string feature)
    {
        string path = _folder.File("numeric.cbm");
        File.WriteAllBytes(path, new CatBoostModel(new CatBoostModelParts
        {
            FloatFeatures = [new FloatFeature { Index = 0, FlatIndex = 0, Id = feature, Borders = [0.5f] }],
            Symmetric = new SymmetricTrees { Depths = [1], Splits = [0] },
            LeafValues = [-1, 1],
        }).ToCbm());
        return path;
    }

    private static string Row() => string.Join(", ", Features.Split(',').Select(name => $"1 AS {name}"));

    private void Deliver(string name, string select)
    {
        string folder = _folder.File("bank", "test_sample", "run_date=" + CreditCardStory.Date);
        Directory.CreateDirectory(folder);
        using var database = DuckDatabase.Open();
        using DuckConnection duck = database.Connect();
        duck.Execute($"COPY ({select}) TO {DuckSql.Literal(Path.Combine(folder, name))} (FORMAT PARQUET)");
    }

    private static void Refused(ProgramResult result, int exitCode, string? code, params string[] says)
    {
        result.ShouldExitWith(exitCode);
        string all = result.Output + result.Errors;
        all.ShouldNotContain("   at BatchScoring", customMessage: "a stack trace is no answer");
        if (code is not null) result.Errors.ShouldContain("error " + code);
        foreach (string text in says) all.ShouldContain(text);
    }

    public void Dispose() => _folder.Dispose();
}
