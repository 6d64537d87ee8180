using System.Text.Json.Nodes;
using BatchScoring.Storage;
using BatchScoring.Tests.Integration.Story;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>The credit card table through a YARN that polices memory: drivers and runners in containers, data in S3.</summary>
[Collection(YarnCollection.Name)]
public sealed class YarnStoryTests(YarnFixture yarn)
{
    public static TheoryData<string> Versions { get; } = [.. SparkLauncher.Versions];

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task Story_OnS3_IsTheEmbeddedOneToTheBit(string version)
    {
        StoryRun run = await yarn.StoryAsync(version);

        foreach (string job in new[] { "import", "sample", "score" }) run.Said[job].ShouldExitWith(0);
        run.Contents.ShouldBe(EmbeddedStory.Contents);
        run.Story.Here.Collect("scores.csv").ShouldExitWith(0);
        File.ReadAllBytes(run.Folder.File("scores.csv")).ShouldBe(EmbeddedStory.Scores);
        run.Story.Here.Run("verify").ShouldExitWith(0).Output.ShouldContain("0 difference(s)");
        run.Story.Here.Run("status").ShouldExitWith(0).Output.ShouldContain("pending  0 part(s)");
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task Submit_OnYarn_TellsTheApplicationAndItsPage(string version)
    {
        StoryRun run = await yarn.StoryAsync(version);

        run.Said["score"].Errors.ShouldMatch(@"application_\d+_\d+: running");
        run.Said["score"].Errors.ShouldMatch(@"application_\d+_\d+: http://");
    }

    [SkippableFact]
    public async Task Evaluate_SparkWithS3A_GivesTheGoldenAuc() =>
        (await yarn.StoryAsync("3.5.8")).Said["evaluate"].ShouldExitWith(0).Output.ShouldContain(EmbeddedStory.Auc);

    [SkippableFact]
    public async Task Evaluate_SparkWithoutS3A_SaysWhatIsMissing()
    {
        ProgramResult result = (await yarn.StoryAsync("4.3.0")).Said["evaluate"].ShouldExitWith(78);

        result.Errors.ShouldContain("SQL_S3A_MISSING");
        result.Errors.ShouldContain("org.apache.hadoop.fs.s3a.S3AFileSystem");
        result.Errors.ShouldContain("sample and score need no s3a");
    }

    [SkippableFact]
    public async Task Commands_Repeated_DoNothingAndSaySo()
    {
        StoryRun run = await yarn.StoryAsync("3.5.8");

        foreach (ProgramResult again in new[] { run.Story.Sample(), run.Story.Score(), run.Story.Evaluate() })
            again.ShouldExitWith(0).Output.ShouldContain("nothing done");
    }

    [SkippableFact]
    public async Task ExitStatus_OfADriverInAContainer_IsSubmits()
    {
        StoryRun run = await yarn.StoryAsync("4.3.0");
        using IObjectStore store = ObjectStores.Open(run.Root, _ => Task.FromResult(StoryRun.Canaries));
        OddRows.Deliver(run.Folder.File("odd"));
        await store.UploadAsync($"test_sample/run_date={OddRows.Date}/part.parquet", run.Folder.File("odd", "part.parquet"),
            CancellationToken.None);

        run.Story.Score("--pass", "AGE").ShouldExitWith(65).Errors.ShouldContain("PUBLISHED_FROM_OTHER_INPUTS");
        run.Story.Score("--revision", "2", "--reason", "again", "--release", "agreed")
            .ShouldExitWith(64).Errors.ShouldContain("NOTHING_HELD");
        run.Story.Submit(OddRows.Score).ShouldExitWith(4);
    }

    [SkippableFact]
    public async Task Programs_InContainers_FitIntoThemAndLiftTheirLimit()
    {
        StoryRun run = await yarn.StoryAsync("3.5.8");
        SeenProcess[] ours = [.. run.Seen.Where(seen =>
            seen.Process.Name is "model-runner" or "batch-score" && seen.Environment.Contains("CONTAINER_ID=", StringComparison.Ordinal))];

        ours.Select(seen => seen.Process.Name).Distinct().Order().ShouldBe(["batch-score", "model-runner"]);
        ours.Where(seen => seen.Process.Name == "model-runner").ShouldAllBe(seen => seen.AddressSpaceMiB < 2600);
        // The shortest-lived may have been seen only before they came to it.
        ours.GroupBy(seen => seen.Process.Name).ShouldAllBe(program => program.Any(seen => seen.LimitLifted));
    }

    [SkippableFact]
    public async Task Arguments_ThatYarnAndAPosixLocaleWouldDamage_Arrive()
    {
        const string Reason = "{{JAVA_HOME}} }} \"quoted\" 'word' $HOME žluťoučký 🐎";
        StoryRun run = await yarn.StoryAsync("3.5.8");
        using IObjectStore store = ObjectStores.Open(run.Root, _ => Task.FromResult(StoryRun.Canaries));

        run.Story.Score("--revision", "2", "--reason", Reason).ShouldExitWith(0);

        byte[] plan = (await store.ListAsync($"artifacts/runs/score-{CreditCardStory.Date}-r2/", CancellationToken.None).ToListAsync())
            .Where(found => found.Key.EndsWith("/plan.json", StringComparison.Ordinal))
                .Select(found => store.GetAsync(found.Key, CancellationToken.None).Result!).ShouldHaveSingleItem();
        ((string?)JsonNode.Parse(plan)!["reason"]).ShouldBe(Reason);
    }

    [SkippableFact]
    public async Task Submit_OfWhatWritesHere_IsRefused() =>
        (await yarn.StoryAsync("3.5.8")).Story.Submit("collect", "--date", CreditCardStory.Date, "--output", "scores.csv")
            .ShouldExitWith(64).Errors.ShouldContain("SUBMIT_USAGE");
}
