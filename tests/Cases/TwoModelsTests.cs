using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Cases;

/// <summary>Case "nc-two-models-at-once": of two models for one date one is published, and the other is told which.</summary>
public sealed class TwoModelsTests
{
    private const string Date = "2026-11-21";
    private static readonly string First = Repository.Data("golden", "catboost", "numeric-binary", "model.cbm");
    private static readonly string Second = Repository.Data("golden", "catboost", "lossguide", "model.cbm");

    [Fact]
    public async Task Score_TwoModelsAtOnce_TheLoserIsToldWhatIsPublishedAndTheDateIsFine()
    {
        using CaseFolder folder = new("nc-two-models-at-once");
        folder.Run("import", Repository.Data("UCI_Credit_Card.csv"), "--key", "ID", "--label", "default.payment.next.month", "--like",
            First,
            "--test-where", "ID % 50 = 0", "--sample-share", "1", "--first-date", Date, "--quiet").ShouldExitWith(0);
        folder.Run("sample", "--date", Date, "--quiet").ShouldExitWith(0);

        ProgramResult[] results = await Task.WhenAll(new[] { First, Second }.Select(model =>
            Task.Run(() => folder.Run("score", "--date", Date, "--model", model, "--quiet"))));

        ProgramResult loser = results.Single(result => result.ExitCode != 0).ShouldExitWith(65);
        loser.Errors.ShouldContain("PUBLISHED_FROM_OTHER_INPUTS");
        loser.Errors.Split("SHA-256").Length.ShouldBe(3, loser.Errors);
        folder.Run("status", "--quiet").ShouldExitWith(0).Output.ShouldNotContain("failed");

        folder.Run("score", "--date", Date, "--model", First, "--revision", "3", "--reason", "a gap", "--quiet")
            .ShouldExitWith(64).Errors.ShouldContain("--revision 2");
    }
}
