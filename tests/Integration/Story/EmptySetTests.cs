using BatchScoring.DuckDb;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>Sets without rows are datasets like others: no command fails at one because there is no file to read.</summary>
public sealed class EmptySetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CreditCardStory _story;

    public EmptySetTests() => _story = new CreditCardStory(_folder.File("bank"), _folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Evaluate_NothingInTrain_EvaluatesAndSaysSo()
    {
        _story.Run("import", CreditCardStory.Table, "--key", "ID", "--label", "default.payment.next.month", "--like", CreditCardStory.Model,
            "--test-where", "true", "--sample-share", "1", "--first-date", CreditCardStory.Date).ShouldExitWith(0);
        _story.Sample().ShouldExitWith(0);
        _story.Score().ShouldExitWith(0);

        _story.Evaluate().ShouldExitWith(0).Output.ShouldContain("train/ of this root holds no rows");
    }

    [Fact]
    public void Score_DeliveryWithoutARow_IsHeldUntilSomebodyAnswersForIt()
    {
        _story.Import().ShouldExitWith(0);
        Deliver("1 AS ID", "WHERE false");

        ProgramResult held = _story.Score("--key", "ID", "--unsealed", "--format", "json").ShouldExitWith(4);
        held.Output.ShouldContain("HELD_NO_ROWS");
        held.Output.ShouldContain($"there is no row to score in test_sample/run_date={CreditCardStory.Date}/");
        _story.Report().ShouldExitWith(0).Output.ShouldContain("HELD: NOTHING WAS PUBLISHED: There is no row to score");

        _story.Score("--key", "ID", "--unsealed", "--release", "holiday, agreed with risk").ShouldExitWith(0);
        _story.Report().ShouldExitWith(0).Output.ShouldContain("PUBLISHED WITHOUT A ROW");
        _story.Run("verify", "--date", CreditCardStory.Date).ShouldExitWith(0);
        Columns("*/*/*.parquet").ShouldBe(["ID INTEGER", "score DOUBLE", "RawFormulaVal DOUBLE", "model_version VARCHAR", "revision BIGINT", "run_date DATE"]);
    }

    [Fact]
    public void Evaluate_ScoresWithoutARow_SaysThatThereIsNothingToCompare()
    {
        _story.Import().ShouldExitWith(0);
        Deliver("NULL::BIGINT AS ID", "");

        string[] anyBad = ["--key", "ID", "--unsealed", "--max-bad-percent", "100"];
        _story.Score(anyBad).ShouldExitWith(4).Output.ShouldContain("no row has a score, all 1 were set aside");
        _story.Score([.. anyBad, "--release", "known bad feed"]).ShouldExitWith(0).Output.ShouldContain("0 out");

        _story.Evaluate().ShouldExitWith(65).Errors.ShouldContain("SCORES_EMPTY");
    }

    /// <summary>What a tool that lists files finds, without a row.</summary>
    private string[] Columns(string pattern)
    {
        using var database = DuckDatabase.Open();
        using DuckConnection duck = database.Connect();
        string files = DuckSql.Literal(_folder.File("bank", "test_sample_inference", pattern));
        using DuckResult table = duck.Query($"SELECT * FROM {files}");
        table.Rows().ShouldBeEmpty();
        return [.. table.Columns.Select(column => $"{column.Name} {column.SqlType}")];
    }

    private void Deliver(string key, string rows)
    {
        string sample = _folder.File("bank", "test_sample", "run_date=" + CreditCardStory.Date);
        Directory.CreateDirectory(sample);
        using var database = DuckDatabase.Open();
        using DuckConnection duck = database.Connect();
        string file = DuckSql.Literal(Path.Combine(sample, "part.parquet"));
        duck.Execute($"COPY (SELECT {key}, {SmallStory.Columns} {rows}) TO {file} (FORMAT PARQUET)");
    }
}
