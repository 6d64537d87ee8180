using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>The same story with everything in an S3 bucket.</summary>
public sealed class S3StoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [SkippableFact]
    public void Story_OnS3_GivesTheContentOfTheFolder()
    {
        StoreOptions root = S3Server.Require().NewRoot();
        CreditCardStory remote = Story(root);
        var local = new CreditCardStory(_folder.File("bank"), _folder.Path);
        remote.Init().ShouldExitWith(0);

        remote.UpToScores();
        local.UpToScores();

        remote.Evaluate().ShouldExitWith(0).Output.ShouldContain("AUC = 0.7913328856799091");
        remote.Collect("remote.csv").ShouldExitWith(0);
        local.Collect("local.csv").ShouldExitWith(0);
        File.ReadAllBytes(_folder.File("remote.csv")).ShouldBe(File.ReadAllBytes(_folder.File("local.csv")));
        remote.Report().ShouldExitWith(0);
        Contents(remote).ShouldBe(Contents(local));
        foreach (ProgramResult again in new[] { remote.Init(), remote.Import(), remote.Sample(), remote.Score(), remote.Evaluate(),
            remote.Collect("remote.csv"), remote.Report() })
            again.ShouldExitWith(0).Output.ShouldContain("nothing done");
        remote.Run("verify").ShouldExitWith(0).Output.ShouldContain("0 difference(s)");
        remote.Run("status").ShouldExitWith(0).Output.ShouldContain("pending  0 part(s)");
    }

    [SkippableFact]
    public async Task Story_OnS3_LeavesNoSecretAnywhere()
    {
        StoreOptions root = S3Server.Require().NewRoot();
        StoreCredentials credentials = await S3Server.Credentials(default);
        CreditCardStory story = Story(root);
        ProgramResult[] said = [story.Import(), story.Sample(), story.Score(), story.Run("doctor"),
            story.Run("status", "--format", "json")];

        using IObjectStore store = ObjectStores.Open(root, S3Server.Credentials);
        foreach (ProgramResult result in said) (result.Output + result.Errors).ShouldNotContain(credentials.SecretKey);
        await foreach (StoredObject found in store.ListAsync("", default))
        {
            byte[] content = (await store.GetAsync(found.Key, default))!;
            content.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(credentials.SecretKey)).ShouldBe(-1, found.Key);
        }
    }

    [SkippableFact]
    public void Score_BucketThatDoesNotExist_SaysWhich()
    {
        StoreOptions root = S3Server.Require().NewRoot() with { Root = "s3://no-such-bucket/root" };

        ProgramResult result = Story(root).Import().ShouldExitWith(78);

        result.Errors.ShouldContain("no-such-bucket");
        result.Errors.ShouldNotContain("   at BatchScoring");
    }

    [SkippableFact]
    public void Score_WrongCredentials_IsNotAllowedAndShowsNoSecret()
    {
        StoreOptions root = S3Server.Require().NewRoot();

        ProgramResult result = Story(root, secret: "canary-4711-secret").Sample().ShouldExitWith(77);

        (result.Output + result.Errors).ShouldNotContain("canary-4711-secret");
    }

    [Fact]
    public void Init_StoreThatIgnoresConditions_IsRefusedWithTheReason()
    {
        using var careless = new AtomicS3 { KnowsConditions = false };

        ProgramResult result = Story(careless.Options("root")).Init().ShouldExitWith(78);

        result.Errors.ShouldContain("a second put of");
    }

    private CreditCardStory Story(StoreOptions root, string secret = "test-secret") => CreditCardStory.OnS3(root, _folder.Path, secret);

    private static string[] Contents(CreditCardStory story) =>
        [.. JsonNode.Parse(story.Run("list", "--format", "json").ShouldExitWith(0).Output)!["datasets"]!.AsArray()
            .Where(dataset => !((string)dataset!["folder"]!)
                .StartsWith("artifacts/", StringComparison.Ordinal)) // only one of the two is evaluated
            .Select(dataset => $"{dataset!["folder"]} {dataset["content"]}")];

    public void Dispose() => _folder.Dispose();
}
