using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

public sealed class OneClassTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Evaluate_PoolWithoutASingleBad_SaysSoInsteadOfInventingAMetric()
    {
        var story = new CreditCardStory(folder.File("bank"), folder.Path);
        story.Run("import", CreditCardStory.Table, "--key", "ID", "--label", "default.payment.next.month", "--like", CreditCardStory.Model,
            "--test-where", "ID % 5 = 0 AND \"default.payment.next.month\" = 0", "--sample-share", "1", "--first-date",
                CreditCardStory.Date).ShouldExitWith(0);
        story.Sample().ShouldExitWith(0);
        story.Score().ShouldExitWith(0);
        story.Evaluate().ShouldExitWith(65).Errors.ShouldContain("STATISTICS_ONE_CLASS");
    }

    public void Dispose() => folder.Dispose();
}
