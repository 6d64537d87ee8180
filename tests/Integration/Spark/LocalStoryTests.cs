using BatchScoring.Core;
using BatchScoring.Tests.Integration.Story;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>Jobs by submit with Spark on this machine.</summary>
public sealed class LocalStoryTests
{
    public static TheoryData<string> Versions { get; } = [.. SparkLauncher.Versions];

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public void Story_OnAFolder_IsTheEmbeddedOne(string version) => FolderStory.ShouldBeTheEmbeddedOne(SparkSite.Local(version));

    [SkippableFact]
    public void ExitStatus_OfTheDriver_IsSubmits()
    {
        using var folder = new TemporaryFolder();
        var story = new SparkStory(SparkSite.Local("4.3.0"), new StoreOptions { Root = folder.File("bank") }, folder.Path);
        story.Here.UpToScores();
        story.Here.Run("sample", "--date", OddRows.Date).ExitCode.ShouldNotBe(0);
        OddRows.Deliver(folder.File("bank", "test_sample", "run_date=" + OddRows.Date));

        story.Score("--pass", "AGE").ShouldExitWith(65).Errors.ShouldContain("PUBLISHED_FROM_OTHER_INPUTS");
        story.Score("--revision", "2", "--reason", "again", "--release", "agreed").ShouldExitWith(64).Errors.ShouldContain("NOTHING_HELD");
        story.Submit(OddRows.Score).ShouldExitWith(4);
        story.Submit("score", "--wrong").ShouldExitWith(64).Errors.ShouldContain("--wrong");
    }

    [SkippableTheory]
    [InlineData("collect", "--date", CreditCardStory.Date, "--output", "scores.csv")]
    [InlineData("report", "--date", CreditCardStory.Date)]
    [InlineData("sample", "--date", CreditCardStory.Date, "--root", "elsewhere")]
    [InlineData("sample", "--date", CreditCardStory.Date, "--format=json")]
    [InlineData]
    public void Submit_OfWhatNeedsNoClusterOrIsMisplaced_IsRefusedWithoutSpark(params string[] job)
    {
        using var folder = new TemporaryFolder();
        var story = new SparkStory(SparkSite.Local("4.3.0"), new StoreOptions { Root = folder.File("bank") }, folder.Path);

        ProgramResult result = story.Submit(job).ShouldExitWith(64);

        result.Errors.ShouldContain("SUBMIT_USAGE");
        result.Errors.ShouldContain("Nothing was submitted");
        Directory.Exists(folder.File("bank")).ShouldBeFalse();
    }
}
