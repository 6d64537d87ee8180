using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Cases;

/// <summary>A root that an older build has made is a root: plans and records of before say less, and mean the same.</summary>
public sealed class OlderRootTests : IDisposable
{
    private readonly CaseFolder _case = new("e1-inverted-score"); // the model that it was scored with

    public OlderRootTests()
    {
        string from = Repository.Data("roots", "6c10808");
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string to = _case.File("root", Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    public void Dispose() => _case.Dispose();

    [Theory]
    [InlineData("status", "revision 1 published (24 rows)")]
    [InlineData("verify", "0 difference(s)")]
    [InlineData("evaluate", "AUC = 0.2578125", "--date", "2026-11-21")]
    [InlineData("report", "PUBLISHED: All 24 rows have their score.", "--date", "2026-11-21")]
    [InlineData("quarantine", "no run has set rows aside", "list")]
    public void Command_OnAnOlderRoot_ReadsIt(string command, string says, params string[] arguments)
    {
        ProgramResult result = _case.Run([command, .. arguments, "--quiet"]).ShouldExitWith(0);

        result.Output.ShouldContain(says);
        result.Output.ShouldNotContain("unreadable");
    }

    [Fact]
    public void Score_NextDateOfAnOlderRoot_GoesOn()
    {
        _case.Run("score", "--date", "2026-11-22", "--model", "model.cbm", "--quiet").ShouldExitWith(0);

        _case.Run("compare", "2026-11-22", "--quiet").ShouldExitWith(0).Output.ShouldContain("2026-11-21/revision=1/");
        _case.Run("report", "--date", "2026-11-22", "--quiet").ShouldExitWith(0);
    }
}
