using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>What the story leaves in its root is what s3-layout/ promises to other programs.</summary>
public sealed class PublishedLayoutTests : IDisposable
{
    private static readonly JsonNode Layout = Read("s3-layout", "layout.json");
    private static readonly JsonNode Parquet = Read("s3-layout", "parquet.json");
    private static readonly JsonNode Schema = Read("s3-layout", "manifest.schema.json");

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Root_AfterTheStory_HoldsWhatTheContractSaysAndNothingElse()
    {
        var story = new CreditCardStory(folder.File("bank"), folder.Path);
        story.Init().ShouldExitWith(0);
        story.UpToScores();
        story.Evaluate().ShouldExitWith(0);
        story.Report().ShouldExitWith(0);
        string[] keys = [.. Directory.GetFiles(folder.File("bank"), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder.File("bank"), f))];
        string[] patterns = [.. Patterns()];

        keys.Where(key => !patterns.Any(p => Regex.IsMatch(key, p))).ShouldBeEmpty("files that layout.json does not know");
        foreach (string dataset in new[] { "train", "test", "test_sample", "inference" })
        {
            string manifest = keys.Single(k => Regex.IsMatch(k, $"^{KeyOf(dataset)}_manifest\\.json$"));
            JsonObject content = JsonNode.Parse(File.ReadAllText(folder.File("bank", manifest)))!.AsObject();
            content.Select(p => p.Key).ShouldBeSubsetOf(Schema["properties"]!.AsObject().Select(p => p.Key));
            Schema["required"]!.AsArray().Select(r => (string)r!).ShouldBeSubsetOf(content.Select(p => p.Key));
            ColumnsShouldFit(dataset, content["columns"]!.AsArray());
        }
    }

    /// <summary>Each column has its row in the contract: by its own name where the contract fixes one, else by its role.</summary>
    private static void ColumnsShouldFit(string dataset, JsonArray columns)
    {
        JsonNode[] contract = [.. Parquet["datasets"]![dataset]!.AsArray()!];
        foreach (JsonNode column in columns!)
        {
            JsonNode row = contract.FirstOrDefault(c => (string)c["name"]! == (string)column["name"]!)
                ?? contract.FirstOrDefault(c => (string)c["role"]! == (string)column["role"]!)
                ?? throw new InvalidOperationException($"{dataset}: the contract has no place for {column.ToJsonString()}");
            ((string)row["role"]!).ShouldBe((string)column["role"]!);
            if (((string)row["type"]!).All(c => char.IsUpper(c))) ((string)column["type"]!).ShouldBe((string)row["type"]!);
        }
        contract.Select(c => (string)c["name"]!).Where(name => name is "score" or "RawFormulaVal" or "model_version")
            .ShouldBeSubsetOf(columns.Select(c => (string)c!["name"]!));
    }

    private static IEnumerable<string> Patterns()
    {
        yield return $"^{Regex.Escape((string)Layout["layout"]!)}$";
        string markers = $"{Layout["success"]}|{Layout["manifest"]}|{Filled((string)Layout["part"]!)}";
        string one = $"{Layout["success"]}|{Layout["manifest"]}|{Filled(((string)Layout["part"]!).Replace(".parquet", ".json"))}";
        foreach (JsonNode entry in Layout["folders"]!.AsArray()!)
        {
            string key = KeyOf((string)entry["name"]!);
            yield return (string)entry["holds"]! switch
            {
                "dataset" => $"^{key}({markers})$",
                "file" => $"^{key}$",
                "delta log" => $"^{key}{Filled((string)Layout["log_entry"]!)}$",
                "artifact" => $"^{key}({one})$",
                "attempts" => "(?!)", // its attempts have a row of their own
                _ => $"^{key}({FilesOf("attempt")})",
            };
        }
    }

    private static string FilesOf(string part) => string.Join('|', Layout[part]!.AsObject()
        .Select(f => (string)f.Value!).Select(f => f.EndsWith('/') ? Regex.Escape(f) : Regex.Escape(f) + "$"));

    private static string KeyOf(string name) =>
        Filled((string)Layout["folders"]!.AsArray().Single(f => (string)f!["name"]! == name)!["key"]!);

    private static string Filled(string template) =>
        Regex.Escape(template).Replace(@"\{date}", @"\d{4}-\d\d-\d\d").Replace(@"\{revision}", @"\d+")
        .Replace(@"\{sha256}", "[0-9a-f]{64}").Replace(@"\{extension}", @"\.\w+").Replace(@"\{run}", @"[\w-]+")
            .Replace(@"\{attempt}", "[0-9a-f]{16}")
        .Replace(@"\{split}", @"\d{5,}").Replace(@"\{random}", "[0-9a-f]{16}").Replace(@"\{version}", @"\d{20}");

    private static JsonNode Read(params string[] path) => JsonNode.Parse(File.ReadAllText(Path.Combine([Repository.Root, .. path])))!;

    public void Dispose() => folder.Dispose();
}
