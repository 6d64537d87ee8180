using System.Text.Json.Nodes;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary><c>run</c>: a date, or several, in one command.</summary>
public sealed class RunTests : IDisposable
{

    private readonly TemporaryFolder _folder = new();
    private readonly CreditCardStory _story;

    public RunTests() => _story = new CreditCardStory(_folder.File("bank"), _folder.Path);

    [Fact]
    public void Run_Date_DoesAllJobsAndTwiceDoesNothing()
    {
        _story.Import().ShouldExitWith(0);

        string first = _story.Run("run", "--date", CreditCardStory.Date, "--model", CreditCardStory.Model).ShouldExitWith(0).Output;
        string second = _story.Run("run", "--date", CreditCardStory.Date, "--model", CreditCardStory.Model).ShouldExitWith(0).Output;

        first.ShouldContain("AUC = 0.7913328856799091");
        first.ShouldContain("report.html");
        second.ShouldContain("published already");
        second.ShouldContain("already evaluated");
    }

    [Fact]
    public void Run_SeveralDatesAndOneWithoutRows_StopsThereAndSaysWhy()
    {
        _story.Run("import", CreditCardStory.Table, "--key", "ID", "--label", "default.payment.next.month", "--like", CreditCardStory.Model,
            "--test-where", "ID % 5 = 0", "--sample-share", "0.5", "--first-date", CreditCardStory.Date).ShouldExitWith(0);

        ProgramResult result = _story.Run("run", "--from", CreditCardStory.Date, "--to", "2026-11-23", "--model", CreditCardStory.Model);

        result.ShouldExitWith(65).Errors.ShouldContain("SAMPLE_POOL_SPENT");
        string list = _story.Run("list").ShouldExitWith(0).Output;
        list.ShouldContain("test_sample_inference/run_date=2026-11-22/revision=1/");
        list.ShouldContain("artifacts/evaluations/run_date=2026-11-21/revision=1/");
    }

    [Fact]
    public void Record_OfARun_TellsWhoDidWhatWhereAndHowLong()
    {
        _story.UpToScores();

        string record = Directory.GetFiles(_folder.File("bank", "artifacts", "runs", $"score-{CreditCardStory.Date}-r1"), "record.json",
            SearchOption.AllDirectories).ShouldHaveSingleItem();
        JsonNode json = JsonNode.Parse(File.ReadAllText(record))!;

        ((string)json["engine"]!).ShouldBe("embedded");
        ((string)json["host"]!).ShouldBe(Environment.MachineName);
        ((string)json["user"]!).ShouldBe(Environment.UserName);
        ((double)json["limits"]!["max_bad_percent"]!).ShouldBe(1);
        foreach (string stage in new[] { "plan", "tasks", "publish", "read", "evaluate" })
            ((double)json["seconds"]![stage]!).ShouldBeGreaterThan(0, stage);
    }

    public void Dispose() => _folder.Dispose();
}
