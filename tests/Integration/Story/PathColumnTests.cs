namespace BatchScoring.Tests.Integration.Story;

/// <summary>A step of a path like <c>run_date=2026-11-21</c> is no column, and never replaces one.</summary>
public sealed class PathColumnTests : IDisposable
{
    private readonly SmallStory _story = new();

    [Fact]
    public void Collect_PassThroughColumnsNamedAsStepsOfThePath_KeepTheirValues()
    {
        _story.Deliver($"SELECT range AS ID, {SmallStory.Columns}, range % 2 + 8 AS revision, 'day ' || range AS run_date FROM range(4)");
        _story.Score("--key", "ID", "--unsealed", "--pass", "revision", "--pass", "run_date").ShouldExitWith(0);

        _story.OfDate("collect", "--output", "scores.csv").ShouldExitWith(0);

        string[][] rows = [.. File.ReadLines(_story.File("scores.csv")).Select(line => line.Split(','))];
        int id = Array.IndexOf(rows[0], "ID"), revision = Array.IndexOf(rows[0], "revision"), date = Array.IndexOf(rows[0], "run_date");
        rows.Skip(1).Select(row => $"{row[id]} {row[revision]} {row[date]}").Order()
            .ShouldBe(["0 8 day 0", "1 9 day 1", "2 8 day 2", "3 9 day 3"]);
    }

    [Fact]
    public void Score_PassThroughColumnThatOnlyThePathHas_IsMissing()
    {
        _story.Deliver($"SELECT range AS ID, {SmallStory.Columns} FROM range(4)");

        _story.Score("--key", "ID", "--unsealed", "--pass", "run_date").ShouldExitWith(65).Errors.ShouldContain("SCHEMA_MISMATCH");
    }

    [Fact]
    public void Score_KeyNamedAsAStepOfThePath_IsNoDuplicate()
    {
        _story.Deliver($"SELECT 'case ' || range AS run_date, {SmallStory.Columns} FROM range(4)");

        _story.Score("--key", "run_date", "--unsealed").ShouldExitWith(0).Output.ShouldContain("4 read, 4 out, 0 set aside");
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
