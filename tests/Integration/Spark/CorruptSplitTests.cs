using BatchScoring.Core;
using BatchScoring.Tests.Integration.Story;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>
/// A file whose rows cannot be read ends the job with what is wrong and where; trying again would not help, so it is not tried.
/// </summary>
public sealed class CorruptSplitTests
{
    [SkippableFact]
    public void Score_OneFileIsCorrupt_NamesFileAndRowGroup()
    {
        using var folder = new TemporaryFolder();
        string sample = folder.File("bank", "test_sample", "run_date=" + CreditCardStory.Date);
        ScoringWorld.Deliver(sample);
        Damage(Path.Combine(sample, "2.parquet"));
        var story = new SparkStory(SparkSite.Local("4.3.0"), new StoreOptions { Root = folder.File("bank") }, folder.Path);

        ProgramResult result = story.Score("--key", "ID", "--unsealed", "--trust-keys").ShouldExitWith(65);

        result.Errors.ShouldContain("2.parquet");
        result.Errors.ShouldContain("row group");
        result.Errors.ShouldNotContain("   at BatchScoring");
        Directory.Exists(folder.File("bank", "test_sample_inference")).ShouldBeFalse();
    }

    /// <summary>Zeros where pages of the first row group lie; the footer stays.</summary>
    private static void Damage(string file)
    {
        using FileStream stream = File.OpenWrite(file);
        stream.Position = 2000;
        stream.Write(new byte[4000]);
    }
}
