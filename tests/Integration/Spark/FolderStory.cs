using BatchScoring.Core;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>What holds of the story on a folder wherever Spark runs.</summary>
internal static class FolderStory
{
    /// <summary>Every job gives what the embedded engine gives, and nothing when it is repeated.</summary>
    public static void ShouldBeTheEmbeddedOne(SparkSite site)
    {
        using var folder = new TemporaryFolder();
        var story = new SparkStory(site, new StoreOptions { Root = folder.File("bank") }, folder.Path);
        story.Here.Import().ShouldExitWith(0);

        story.Sample().ShouldExitWith(0);
        story.Score().ShouldExitWith(0);
        story.Evaluate().ShouldExitWith(0).Output.ShouldContain(EmbeddedStory.Auc);

        story.Contents().ShouldBe(EmbeddedStory.Contents);
        story.Here.Collect("scores.csv").ShouldExitWith(0);
        File.ReadAllBytes(folder.File("scores.csv")).ShouldBe(EmbeddedStory.Scores);
        Dictionary<string, DateTime> before = Published(folder);
        foreach (ProgramResult again in new[] { story.Sample(), story.Score(), story.Evaluate() })
            again.ShouldExitWith(0).Output.ShouldContain("nothing done");
        Published(folder).ShouldBe(before);
        story.Here.Run("verify").ShouldExitWith(0).Output.ShouldContain("0 difference(s)");
        story.Here.Run("status").ShouldExitWith(0).Output.ShouldContain("pending  0 part(s)");
    }

    /// <summary>Everything but what submit and its drivers say to each other.</summary>
    private static Dictionary<string, DateTime> Published(TemporaryFolder folder) =>
        Directory.EnumerateFiles(folder.File("bank"), "*", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/submissions/", StringComparison.Ordinal))
            .ToDictionary(path => path, File.GetLastWriteTimeUtc);
}
