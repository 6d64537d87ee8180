using BatchScoring.Engines;

namespace BatchScoring.Tests.Unit.Engines;

public sealed class JobTroubleTests
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly List<string> _said = [];

    [Fact]
    public void Look_AttemptsThatFail_AreToldOncePerNumber()
    {
        var trouble = new JobTrouble(_said.Add);
        foreach (int failed in new[] { 0, 0, 1, 1, 1, 3, 3 }) trouble.Look(active: 2, failed, Look);

        _said.Count.ShouldBe(2);
        _said[0].ShouldStartWith("1 task attempt(s) failed");
        _said[1].ShouldStartWith("3 task attempt(s) failed");
    }

    [Fact]
    public void Look_NobodyAtWork_IsToldEveryTwentySeconds()
    {
        var trouble = new JobTrouble(_said.Add);
        for (int i = 0; i < 90; i++) trouble.Look(active: 0, failed: 0, Look);
        _said.Count.ShouldBe(2);
        trouble.Look(active: 1, failed: 0, Look);
        for (int i = 0; i < 39; i++) trouble.Look(active: 0, failed: 0, Look);

        _said.Count.ShouldBe(2);
        _said.ShouldAllBe(line => line.Contains("no executors", StringComparison.Ordinal));
    }
}
