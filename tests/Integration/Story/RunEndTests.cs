using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>What a run says of itself afterwards is what happened, and what a dry run says is what would.</summary>
public sealed class RunEndTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CreditCardStory _story;

    public RunEndTests() => _story = new CreditCardStory(_folder.File("bank"), _folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Score_FailsAfterItsManifest_IsNoFailedRunAndIsFinishedByTheNext()
    {
        _story.Import().ShouldExitWith(0);
        _story.Sample().ShouldExitWith(0);
        string obstacle = _folder.File("bank", "test_sample_inference", "run_date=" + CreditCardStory.Date, "revision=1", "_SUCCESS");
        Directory.CreateDirectory(obstacle);

        _story.Score().ExitCode.ShouldNotBe(0);

        File.Exists(Path.Combine(Path.GetDirectoryName(obstacle)!, "_manifest.json")).ShouldBeTrue();
        Records().ShouldAllBe(record => !record.Contains("\"failed\""));
        Directory.Delete(obstacle);
        _story.Score().ShouldExitWith(0).Output.ShouldContain("nothing done");
        Records().ShouldHaveSingleItem().ShouldContain("\"published\"");
    }

    [Fact]
    public void Story_AtItsEnd_LeavesNothingInTheTemporaryFolder()
    {
        string temporary = Directory.CreateDirectory(_folder.File("tmp")).FullName;
        var story = new CreditCardStory(_folder.File("bank"), _folder.Path, new Dictionary<string, string> { ["TMPDIR"] = temporary });

        story.UpToScores();

        Directory.GetFileSystemEntries(temporary, "batch-*").ShouldBeEmpty();
    }

    [Fact]
    public void DryRun_OfWhatIsDone_SaysThatNothingWouldBeDoneAndDoesNothing()
    {
        _story.Init().ShouldExitWith(0);
        _story.UpToScores();
        Dictionary<string, DateTime> before = Files();

        _story.Run("layout", "init", "--dry-run").ShouldExitWith(0).Output.ShouldContain("prepared already");
        _story.Import("--dry-run").ShouldExitWith(0).Output.ShouldContain("nothing would be done");
        _story.Run("sample", "--date", CreditCardStory.Date, "--dry-run").ShouldExitWith(0).Output.ShouldContain("nothing would be done");
        _story.Score("--dry-run").ShouldExitWith(0).Output.ShouldContain("nothing would be done");
        Files().ShouldBe(before);
    }

    [Fact]
    public void DryRun_OfWhatWouldBeRefused_IsRefused()
    {
        _story.UpToScores();

        _story.Score("--dry-run", "--pass", "AGE").ShouldExitWith(65).Errors.ShouldContain("PUBLISHED_FROM_OTHER_INPUTS");
        _story.Score("--dry-run", "--revision", "2", "--reason", "again", "--release", "agreed")
            .ShouldExitWith(64).Errors.ShouldContain("NOTHING_HELD");
    }

    [Fact]
    public void Collect_OutputThatCannotBeWritten_IsADiskOrRightsErrorWithoutSql()
    {
        _story.UpToScores();

        ProgramResult result = _story.Collect("/proc/scores.csv");

        result.ExitCode.ShouldBeOneOf(74, 77);
        result.Errors.ShouldContain("/proc/scores.csv");
        result.Errors.ShouldNotContain("SELECT");
        result.Errors.ShouldNotContain("   at BatchScoring");
    }

    private string[] Records() => [.. Directory.GetFiles(_folder.File("bank", "artifacts", "runs", $"score-{CreditCardStory.Date}-r1"),
        "record.json", SearchOption.AllDirectories)
        .Select(File.ReadAllText)];

    private Dictionary<string, DateTime> Files() => Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
        .ToDictionary(path => path, File.GetLastWriteTimeUtc);
}
