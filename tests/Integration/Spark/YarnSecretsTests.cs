using System.Text;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>The S3 keys of a whole story on YARN, looked for in everything that it left and showed.</summary>
[Collection(YarnCollection.Name)]
public sealed class YarnSecretsTests(YarnFixture yarn)
{
    /// <summary>
    /// Spark's own configuration for a container, which only the application's user can read: a known place, and the only one.
    /// </summary>
    private const string Allowed = "__spark_conf__";

    private static readonly byte[] Secret = Encoding.UTF8.GetBytes(StoryRun.Canaries.SecretKey);

    public static TheoryData<string> Versions { get; } = [.. SparkLauncher.Versions];

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task Secret_OfS3_IsNotInWhatYarnAndSparkKeep(string version)
    {
        await yarn.StoryAsync(version);
        YarnCluster cluster = await yarn.RequireAsync();

        string[] files = [.. Files(cluster.LogFolder), .. Files(cluster.LocalFolder)];

        files.Any(file => file.EndsWith("stdout", StringComparison.Ordinal)).ShouldBeTrue("containers keep their logs");
        string[] found = [.. files.Where(HoldsSecret)];
        found.ShouldNotBeEmpty("who looks like this finds it in the known place");
        found.Where(file => !file.Contains(Allowed, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task Secret_OfS3_IsNotInEventLogsAndSubmitsFiles(string version)
    {
        StoryRun run = await yarn.StoryAsync(version);

        Files(run.EventLog).ShouldNotBeEmpty();
        Files(run.Folder.Path).Where(HoldsSecret).ShouldBeEmpty();
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task Secret_OfS3_IsNotInTheStoreAndNotSaid(string version)
    {
        StoryRun run = await yarn.StoryAsync(version);
        using IObjectStore store = ObjectStores.Open(run.Root, _ => Task.FromResult(StoryRun.Canaries));

        int looked = 0;
        await foreach (StoredObject found in store.ListAsync("", CancellationToken.None))
        {
            (await store.GetAsync(found.Key, CancellationToken.None))!.AsSpan().IndexOf(Secret).ShouldBe(-1, found.Key);
            looked++;
        }

        looked.ShouldBeGreaterThan(20);
        foreach (ProgramResult said in run.Said.Values) (said.Output + said.Errors).ShouldNotContain(StoryRun.Canaries.SecretKey);
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task Secret_OfS3_IsInNoCommandLineAndInNoEnvironmentButSubmits(string version)
    {
        StoryRun run = await yarn.StoryAsync(version);

        foreach (string name in new[] { "java", "batch-score", "model-runner" }) run.Seen.ShouldContain(seen => seen.Process.Name == name);
        run.Seen.Where(seen => seen.CommandLine.Contains(StoryRun.Canaries.SecretKey, StringComparison.Ordinal)).ShouldBeEmpty();
        // The submitter has them in its environment: that is how it was given them.
        run.Seen.Where(seen => seen.Environment.Contains(StoryRun.Canaries.SecretKey, StringComparison.Ordinal) && !IsSubmit(seen))
            .Select(seen => $"{seen.Process.Name} {seen.CommandLine}").ShouldBeEmpty();
    }

    private static bool IsSubmit(SeenProcess seen) =>
        seen.CommandLine.Contains("batch-score\0submit\0", StringComparison.Ordinal) || IsOwnCommand(seen);

    /// <summary>Commands of the story on this machine.</summary>
    private static bool IsOwnCommand(SeenProcess seen) =>
        seen.Environment.Contains("BATCHSCORING_ROOT=", StringComparison.Ordinal) && seen.Process.Name is "batch-score" or "env";

    private static bool HoldsSecret(string file) => File.ReadAllBytes(file).AsSpan().IndexOf(Secret) >= 0;

    private static string[] Files(string folder) =>
        [.. new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => file is { Exists: true, LinkTarget: null }).Select(file => file.FullName)];
}
