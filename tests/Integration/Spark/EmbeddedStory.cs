using BatchScoring.Tests.Integration.Story;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>What the embedded engine makes of the credit card table: what every Spark must make of it, too.</summary>
internal static class EmbeddedStory
{
    public const string Auc = "AUC = 0.7913328856799091";

    private static readonly Lazy<(string[] Contents, byte[] Scores)> Run = new(() =>
    {
        using var folder = new TemporaryFolder();
        var story = new CreditCardStory(folder.File("bank"), folder.Path);
        story.UpToScores();
        story.Collect("scores.csv").ShouldExitWith(0);
        return (SparkStory.Contents(story), File.ReadAllBytes(folder.File("scores.csv")));
    });

    /// <summary>The four datasets and the hashes of their rows.</summary>
    public static string[] Contents => Run.Value.Contents;

    /// <summary>The collected file, keys and scores to the last digit.</summary>
    public static byte[] Scores => Run.Value.Scores;
}
