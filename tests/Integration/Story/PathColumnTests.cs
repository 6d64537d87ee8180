using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>A step of a path like <c>run_date=2026-11-21</c> is no column, and never replaces one.</summary>
public sealed class PathColumnTests : IDisposable
{
    private readonly SmallStory _story = new();

    [Theory]
    [InlineData("revision")]
    [InlineData("run_date")]
    [InlineData("RUN_DATE")]
    public void Score_PassThroughColumnNamedAsAStepOfThePath_IsRefusedBeforeTheRun(string name)
    {
        _story.Deliver($"SELECT range AS ID, {SmallStory.Columns}, 'day ' || range AS {name} FROM range(4)");

        ProgramResult refused = _story.Score("--key", "ID", "--unsealed", "--pass", name).ShouldExitWith(65);

        refused.Errors.ShouldContain("COLUMN_TYPE_REFUSED");
        refused.Errors.ShouldContain("run_date and revision come from the folders");
        Directory.Exists(_story.Bank("test_sample_inference")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("TIME '10:00' + to_minutes(range)", "TIME")]
    [InlineData("TIMESTAMP_NS '2026-11-21 10:00:00'", "TIMESTAMP_NS")]
    [InlineData("range::UBIGINT", "UBIGINT")]
    public void Score_PassThroughColumnThatSomeReaderRefuses_IsRefusedByItsNameAndType(string expression, string type)
    {
        _story.Deliver($"SELECT range AS ID, {SmallStory.Columns}, {expression} AS odd FROM range(4)");

        _story.Score("--key", "ID", "--unsealed", "--pass", "odd").ShouldExitWith(65).Errors.ShouldContain($"The column 'odd' of 'test_sample_inference/run_date={SmallStory.Date}/revision=1/' is a {type}");
    }

    [Fact]
    public void Score_PassThroughColumnThatOnlyThePathHas_IsMissing()
    {
        _story.Deliver($"SELECT range AS ID, {SmallStory.Columns} FROM range(4)");

        _story.Score("--key", "ID", "--unsealed", "--pass", "run_date").ShouldExitWith(65).Errors.ShouldContain("SCHEMA_MISMATCH");
    }

    [Fact]
    public void Score_AgainButTrustingTheKeys_IsAnotherRequest()
    {
        _story.Deliver($"SELECT range // 2 AS ID, {SmallStory.Columns} FROM range(4)");
        _story.Score("--key", "ID", "--unsealed", "--max-bad-percent", "100").ShouldExitWith(0).Output.ShouldContain("2 DUPLICATE_KEY");

        _story.Score("--key", "ID", "--unsealed", "--trust-keys").ShouldExitWith(65).Errors.ShouldContain("PUBLISHED_FROM_OTHER_INPUTS");
    }

    public void Dispose() => _story.Dispose();
}
