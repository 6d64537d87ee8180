using BatchScoring.DuckDb;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>The story on a folder with few rows, for tests of what happens around it.</summary>
internal sealed class SmallStory : IDisposable
{
    public const string Date = CreditCardStory.Date;

    private readonly TemporaryFolder _folder = new();
    private readonly CreditCardStory _story;

    public SmallStory() => _story = new CreditCardStory(_folder.File("bank"), _folder.Path);

    /// <summary>The model's columns for SQL that makes rows.</summary>
    public static string Columns { get; } = string.Join(", ", BadInputTests.Features.Split(',').Select(name => $"1 AS {name}"));

    public string Scores => Bank("test_sample_inference", "run_date=" + Date, "revision=1");

    public string File(string name) => _folder.File(name);

    public string Bank(params string[] path) => _folder.File(["bank", .. path]);

    public string RunFile(string run, string name) =>
        Directory.GetFiles(Bank("artifacts", "runs", run), name, SearchOption.AllDirectories).ShouldHaveSingleItem();

    public ProgramResult Run(params string[] arguments) => _story.Run(arguments);

    /// <summary>Runs a command about the date.</summary>
    public ProgramResult OfDate(string command, params string[] more) => Run([command, "--date", Date, .. more]);

    public ProgramResult Score(params string[] more) => _story.Score(more);

    /// <summary>A hundred rows, half of them in the sample, scored.</summary>
    public SmallStory UpToScores()
    {
        string features = BadInputTests.Features;
        System.IO.File.WriteAllLines(File("loans.csv"), [$"ID,{features},bad",
            .. Enumerable.Range(1, 100).Select(i =>
                $"{i},{string.Join(',', features.Split(',').Select((_, column) => (i * (column + 3)) % 7))},{(i % 3 == 0 ? 1 : 0)}")]);
        Run("import", "loans.csv", "--key", "ID", "--label", "bad", "--like", CreditCardStory.Model, "--test-where", "ID % 2 = 0",
            "--sample-share", "1", "--first-date", Date).ShouldExitWith(0);
        OfDate("sample").ShouldExitWith(0);
        Score().ShouldExitWith(0);
        return this;
    }

    /// <summary>Puts a file into the date's sample as others would.</summary>
    public void Deliver(string select)
    {
        Directory.CreateDirectory(Bank("test_sample", "run_date=" + Date));
        using var database = DuckDatabase.Open();
        using DuckConnection duck = database.Connect();
        duck.Execute($"COPY ({select}) TO {DuckSql.Literal(Bank("test_sample", "run_date=" + Date, "part.parquet"))} (FORMAT PARQUET)");
    }

    public void Dispose() => _folder.Dispose();
}
