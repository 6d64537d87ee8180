using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BatchScoring.Core;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Docs;

/// <summary>s3-layout/ and Core say the same.</summary>
public sealed class LayoutFileTests
{
    private static readonly JsonNode Layout = Read("layout.json");

    [Fact]
    public void Layout_EveryFolder_IsWhereCorePutsIt()
    {
        var date = RunDate.Parse("2026-11-21");
        var run = new RunId("score", date, 1);
        var attempt = new AttemptId("00112233aabbccdd");
        Dictionary<string, string> core = new(StringComparer.Ordinal)
        {
            ["train"] = FolderLayout.Train,
            ["test"] = FolderLayout.Test,
            ["test_sample"] = FolderLayout.TestSample(date),
            ["train_sup"] = FolderLayout.TrainSup(date),
            ["inference"] = FolderLayout.Inference(date, 3),
            ["evaluation"] = FolderLayout.Evaluation(date, 3),
            ["pinned_model"] = FolderLayout.PinnedModel("ab12", ".cbm"),
            ["delta_log"] = FolderLayout.DeltaLog,
            ["submission"] = FolderLayout.Submission("0123456789abcdef"),
            ["run"] = FolderLayout.Run(run),
            ["attempt"] = FolderLayout.Attempt(run, attempt),
        };
        var file = Layout["folders"]!.AsArray().ToDictionary(f => (string)f!["name"]!, f => ((string)f!["key"]!)
            .Replace("{date}", "2026-11-21").Replace("{revision}", "3").Replace("{sha256}", "ab12").Replace("{extension}", ".cbm")
            .Replace("{run}", "score-2026-11-21-r1").Replace("{attempt}", "00112233aabbccdd").Replace("{submission}", "0123456789abcdef"));

        file.ShouldBe(core, ignoreOrder: true);
        string[] parents = ["success", "manifest", "retired", "top_level", "published", "test_samples", "train_sups", "inferences", "evaluations",
            "artifacts", "submissions", "runs", "revisions_of"];
        core.Keys.Order().ShouldBe(MembersOf(typeof(FolderLayout)).Except(parents).Order());
        file.Values.Select(key => key[..(key.IndexOf('/') + 1)]).Distinct().ShouldBe(FolderLayout.TopLevel, ignoreOrder: true);
    }

    [Fact]
    public void Layout_MarkersAndAttemptFiles_AreNamedAsInCore()
    {
        ((string)Layout["success"]!).ShouldBe(FolderLayout.Success);
        ((string)Layout["manifest"]!).ShouldBe(FolderLayout.Manifest);
        ((string)Layout["retired"]!).ShouldBe(FolderLayout.Retired);
        Layout["attempt"]!.AsObject().ToDictionary(f => f.Key, f => (string)f.Value!).ShouldBe(
            typeof(AttemptFiles).GetFields().ToDictionary(f => Snake(f.Name), f => (string)f.GetRawConstantValue()!), ignoreOrder: true);
        RunDate.Parse("2026-11-21").Day.ToString((string)Layout["date"]!).ShouldBe("2026-11-21");

        string part = PartName.New(7, "00112233aabbccdd");
        string pattern = Regex.Escape((string)Layout["part"]!).Replace(@"\{split}", "[0-9]{5,}").Replace(@"\{attempt}", "00112233aabbccdd")
            .Replace(@"\{random}", "[0-9a-f]{16}");
        part.ShouldMatch($"^{pattern}$");
    }

    [Fact]
    public void Parquet_EveryDataset_IsInTheLayoutAndHasKnownRoles()
    {
        JsonObject datasets = Read("parquet.json")["datasets"]!.AsObject();
        datasets.Select(d => d.Key).ShouldBe(
            [.. Layout["folders"]!.AsArray().Where(f => (string)f!["holds"]! == "dataset").Select(f => (string)f!["name"]!), "quarantine"],
            ignoreOrder: true);
        string[] roles = [.. Contracts.ValuesOf(typeof(ColumnRole)).Select(v => v.Text)];
        foreach (JsonNode column in datasets.SelectMany(d => d.Value!.AsArray())!)
        {
            roles.ShouldContain((string)column["role"]!);
            foreach (string field in new[] { "name", "type", "what" }) ((string)column[field]!).ShouldNotBeNullOrWhiteSpace();
        }
        datasets.Where(d => d.Key != "quarantine").ShouldAllBe(d => d.Value!.AsArray().Count(c => (string)c!["role"]! == "key") == 1);
        datasets["test_sample"]!.AsArray().ShouldAllBe(c => (string)c!["role"]! != "label");
    }

    [Fact]
    public void Readme_EveryFileAndFolder_IsNamed()
    {
        string readme = File.ReadAllText(PathOf("README.md"));
        foreach (string file in Directory.GetFiles(PathOf(""), "*.json").Select(f => Path.GetFileName(f)!))
            readme.ShouldContain($"`{file}`");
        foreach (string folder in FolderLayout.TopLevel) readme.ShouldContain($"\n{folder}");
        readme.ShouldContain(FolderLayout.Success);
        readme.ShouldContain(FolderLayout.Manifest);
        readme.ShouldContain(FolderLayout.Retired);
    }

    internal static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(PathOf(file)))!;

    private static string PathOf(string file) => Path.Combine(Repository.Root, "s3-layout", file);

    /// <summary>Constants, properties and methods, by the name that JSON would give them; an overload counts once.</summary>
    private static IEnumerable<string> MembersOf(Type type) => type
        .GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(m => m is not MethodInfo { IsSpecialName: true }).Select(m => Snake(m.Name)).Distinct();

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
