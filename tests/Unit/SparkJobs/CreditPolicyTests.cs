using System.Text;
using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.SparkJobs.Report;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.SparkJobs;

public sealed class CreditPolicyTests
{
    [Fact]
    public async Task ReadAsync_Policy_HasBandsCutOffAndSegments()
    {
        CreditPolicy policy = (await ReadAsync("""{ "bands": [ { "name": "A", "below": 0.05 }, { "name": "B", "below": 0.125 }, { "name": "C" } ], "cut_off": 0.05, "segments": ["region"] }""")).ShouldNotBeNull();

        policy.Edges.ShouldBe([0.05, 0.125]);
        policy.Names.ShouldBe(["A", "B", "C"]);
        policy.CutOff.ShouldBe(0.05);
        policy.Segments.ShouldBe(["region"]);
    }

    [Fact]
    public async Task ReadAsync_NoPolicy_IsNone()
    {
        using TemporaryFolder root = new();
        (await CreditPolicy.ReadAsync(Open(root), CancellationToken.None)).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{ "bands": [ { "name": "A" } ] }""", "1 band(s)")]
    [InlineData("""{ "bands": [ { "name": "A", "below": 0.1 }, { "name": "A" } ] }""", "'A' is empty or stands twice")]
    [InlineData("""{ "bands": [ { "name": "A", "below": 0.1 }, { "name": " " } ] }""", "is empty or stands twice")]
    [InlineData("""{ "bands": [ { "name": "A", "below": 0.1 }, { "name": "B", "below": 0.2 } ] }""", "last band, B, has an end")]
    [InlineData("""{ "bands": [ { "name": "A" }, { "name": "B" } ] }""", "A has no end")]
    [InlineData("""{ "bands": [ { "name": "A", "below": 0.3 }, { "name": "B", "below": 0.3 }, { "name": "C" } ] }""", "ends rise")]
    [InlineData("""{ "bands": [ { "name": "A", "below": 1 }, { "name": "B" } ] }""", "between 0 and 1")]
    [InlineData("""{ "bands": [ { "name": "A", "below": 0.0005 }, { "name": "B" } ] }""", "three decimals")]
    [InlineData("""{ "bands": [ { "name": "A", "below": 0.1 }, { "name": "B" } ], "cut_off": 0.2 }""", "must be one of 0.1")]
    [InlineData("""{ "bands": [ { "name": "A", "below": 0.1 }, { "name": "B" } ], "cutoff": 0.1 }""", "cutoff")]
    [InlineData("""{ "format": 2, "bands": [ { "name": "A", "below": 0.1 }, { "name": "B" } ] }""", "format is 2")]
    [InlineData("null", "null")]
    [InlineData("{", "artifacts/policy.json")]
    public async Task ReadAsync_UnusablePolicy_SaysWhy(string json, string why)
    {
        BatchScoringException error = await Should.ThrowAsync<BatchScoringException>(() => ReadAsync(json));
        error.Code.ShouldBe("POLICY_INVALID");
        error.Message.ShouldContain(why);
    }

    /// <summary>The page shows a policy, and the schema beside it lets it pass; both would else be found wrong by users.</summary>
    [Fact]
    public async Task ReadAsync_TheExampleOfTheDocs_IsUsable()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "user", "policy.md"));
        CreditPolicy policy = (await ReadAsync(page.Split("```json")[1].Split("```")[0])).ShouldNotBeNull();
        policy.Names.ShouldBe(["A", "B", "C", "D", "E"]);

        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "s3-layout", "policy.schema.json")));
        schema.RootElement.GetProperty("properties").EnumerateObject().Select(field => field.Name)
            .ShouldBe(["format", "bands", "cut_off", "segments"]);
    }

    private static async Task<CreditPolicy?> ReadAsync(string json)
    {
        using TemporaryFolder root = new();
        IObjectStore store = Open(root);
        await store.PutAsync(CreditPolicy.Key, Encoding.UTF8.GetBytes(json), PutCondition.Always, CancellationToken.None);
        return await CreditPolicy.ReadAsync(store, CancellationToken.None);
    }

    private static IObjectStore Open(TemporaryFolder root) =>
        ObjectStores.Open(new StoreOptions { Root = root.Path }, null, TimeProvider.System);
}
