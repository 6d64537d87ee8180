using BatchScoring.Core;
using BatchScoring.SparkJobs.Run;

namespace BatchScoring.Tests.Unit.SparkJobs;

public sealed class RunCommandTests
{
    [Theory]
    [InlineData("2026-11-21", null, null, "2026-11-21")]
    [InlineData(null, "2026-11-21", null, "2026-11-21")]
    [InlineData(null, "2026-11-29", "2026-12-02", "2026-11-29 2026-11-30 2026-12-01 2026-12-02")]
    public void Dates_OneOrARange_AreAllDaysInOrder(string? date, string? from, string? to, string expected) =>
        string.Join(' ', RunCommand.Dates(date, from, to)).ShouldBe(expected);

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("2026-11-21", "2026-11-21", null)]
    [InlineData("2026-11-21", null, "2026-11-22")]
    [InlineData(null, null, "2026-11-22")]
    [InlineData(null, "2026-11-22", "2026-11-21")]
    public void Dates_NeitherOneNorARange_IsUsage(string? date, string? from, string? to) =>
        Should.Throw<BatchScoringException>(() => RunCommand.Dates(date, from, to)).Error.ExitCode.ShouldBe(ExitCode.Usage);
}
