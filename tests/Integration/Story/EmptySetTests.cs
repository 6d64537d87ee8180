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
    public void Evaluate_ScoresWithoutARow_SaysThatThereIsNothingToCompare()
    {
        _story.Import().ShouldExitWith(0);
        string sample = _folder.File("bank", "test_sample", "run_date=" + CreditCardStory.Date);
        Directory.CreateDirectory(sample);
        using (var database = DuckDatabase.Open())
        using (DuckConnection duck = database.Connect())
        {
            string row = string.Join(", ", BadInputTests.Features.Split(',').Select(name => $"1 AS {name}"));
            duck.Execute($"COPY (SELECT NULL::BIGINT AS ID, {row}) TO {DuckSql.Literal(Path.Combine(sample, "part.parquet"))} (FORMAT " +
                "PARQUET)");
        }

        _story.Score("--key", "ID", "--unsealed", "--max-bad-percent", "100").ShouldExitWith(0).Output.ShouldContain("0 out");

        _story.Evaluate().ShouldExitWith(65).Errors.ShouldContain("SCORES_EMPTY");
    }
}
