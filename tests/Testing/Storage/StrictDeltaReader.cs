using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Storage;

namespace BatchScoring.Tests.Testing;

/// <summary>
/// Reads a Delta log as the strictest of all readers would: whatever one of them refuses, or takes silently for something else, is an
/// error here.
/// </summary>
public static partial class StrictDeltaReader
{
    private static readonly string[] Types =
        ["long", "integer", "short", "byte", "float", "double", "string", "boolean", "date", "binary", "timestamp"];

    /// <summary>The rows of every active file by its path, after the last version or one that is asked for.</summary>
    public static async Task<Dictionary<string, long>> ReadAsync(IObjectStore store, string table, long? version = null)
    {
        Dictionary<string, long> active = new(StringComparer.Ordinal);
        long next = 0;
        string? id = null;
        await foreach (StoredObject found in store.ListAsync(table + "_delta_log/", default))
        {
            string name = found.Key[(found.Key.LastIndexOf('/') + 1)..];
            name.ShouldBe(next.ToString("D20", CultureInfo.InvariantCulture) + ".json", "no gap, and nothing else in the folder");
            if (next > version) break;
            byte[] bytes = (await store.GetAsync(found.Key, default))!;
            bytes.Length.ShouldBeGreaterThan(0, "an empty entry is a version that did nothing");
            bytes.AsSpan().StartsWith((byte[])[0xEF, 0xBB, 0xBF]).ShouldBeFalse("no byte order mark");
            foreach (string line in System.Text.Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                using var document = JsonDocument.Parse(line);
                JsonProperty action = document.RootElement.EnumerateObject().ShouldHaveSingleItem();
                Take(action.Name, action.Value, active, next, ref id);
            }

            next++;
        }

        if (next > 0) id.ShouldNotBeNull("the first entry states the columns");
        return active;
    }

    /// <summary>The log of the scores shows the parts of the highest sealed revision of each date, once, and nothing else.</summary>
    /// <returns>How many entries it has.</returns>
    public static async Task<int> ShouldShowWhatIsSealedAsync(IObjectStore store, string? because = null)
    {
        Dictionary<string, long> shown = await ReadAsync(store, FolderLayout.Inferences);
        IEnumerable<PendingPart> parts = (await new DatasetReader(store).ScanAsync(FolderLayout.Inferences, default))
            .Where(dataset => dataset.Condition == DatasetCondition.Sealed).GroupBy(dataset => dataset.Folder.Split('/')[1])
            .SelectMany(date => date.MaxBy(dataset => dataset.Revision)!.Manifest!.Manifest.Parts);
        shown.ShouldBe(
            parts.ToDictionary(part => part.Key[FolderLayout.Inferences.Length..], part => part.Rows), ignoreOrder: true, because);
        int entries = 0;
        await foreach (StoredObject _ in store.ListAsync(FolderLayout.DeltaLog, default)) entries++;
        return entries;
    }

    private static void Take(string name, JsonElement action, Dictionary<string, long> active, long version, ref string? id)
    {
        switch (name)
        {
            case "protocol":
                version.ShouldBe(0);
                action.GetProperty("minReaderVersion").GetInt32().ShouldBe(1);
                action.GetProperty("minWriterVersion").GetInt32().ShouldBe(7);
                action.GetProperty("writerFeatures").GetArrayLength().ShouldBe(1);
                break;
            case "metaData":
                Columns(action);
                (id ??= action.GetProperty("id").GetString()).ShouldBe(action.GetProperty("id").GetString(), "a table keeps its id");
                break;
            case "remove":
                action.GetProperty("deletionTimestamp").GetInt64();
                action.GetProperty("dataChange").GetBoolean().ShouldBeTrue();
                active.Remove(PathOf(action)).ShouldBeTrue($"version {version} removes what is not there");
                break;
            case "add":
                action.GetProperty("size").GetInt64().ShouldBeGreaterThan(0);
                action.GetProperty("modificationTime").GetInt64();
                action.GetProperty("dataChange").GetBoolean().ShouldBeTrue();
                using (var stats = JsonDocument.Parse(action.GetProperty("stats").GetString()!))
                {
                    JsonProperty rows = stats.RootElement.EnumerateObject().ShouldHaveSingleItem();
                    rows.Name.ShouldBe("numRecords", "bounds make rows vanish");
                    active.TryAdd(PathOf(action), rows.Value.GetInt64()).ShouldBeTrue($"version {version} adds what is there");
                }

                break;
            case "txn":
                action.GetProperty("appId").GetString().ShouldNotBeNullOrEmpty();
                action.GetProperty("version").GetInt64().ShouldBeGreaterThan(0);
                break;
            default:
                name.ShouldBe("commitInfo");
                break;
        }
    }

    private static string PathOf(JsonElement action)
    {
        string path = action.GetProperty("path").GetString()!;
        PathForm().IsMatch(path).ShouldBeTrue($"'{path}' is relative, below its date and revision");
        JsonElement values = action.GetProperty("partitionValues");
        path.ShouldStartWith($"run_date={values.GetProperty("run_date").GetString()}/revision={values.GetProperty("revision").GetString()}/");
        return path;
    }

    private static void Columns(JsonElement action)
    {
        action.GetProperty("format").GetProperty("provider").GetString().ShouldBe("parquet");
        action.GetProperty("format").GetProperty("options").ValueKind.ShouldBe(JsonValueKind.Object);
        action.GetProperty("configuration").ValueKind.ShouldBe(JsonValueKind.Object);
        Guid.TryParse(action.GetProperty("id").GetString(), out _).ShouldBeTrue();
        using var schema = JsonDocument.Parse(action.GetProperty("schemaString").GetString()!);
        JsonElement[] fields = [.. schema.RootElement.GetProperty("fields").EnumerateArray()];
        foreach (JsonElement field in fields)
        {
            string type = field.GetProperty("type").GetString()!;
            (Types.Contains(type) || type.StartsWith("decimal(", StringComparison.Ordinal)).ShouldBeTrue(type);
            field.GetProperty("nullable").GetBoolean().ShouldBeTrue();
            field.GetProperty("metadata").ValueKind.ShouldBe(JsonValueKind.Object);
        }

        string[] names = [.. fields.Select(field => field.GetProperty("name").GetString()!)];
        names.Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(names.Length, "names differ by more than case");
        string[] partitions = [.. action.GetProperty("partitionColumns").EnumerateArray().Select(name => name.GetString()!)];
        names[^partitions.Length..].ShouldBe(partitions);
    }

    [GeneratedRegex(@"^run_date=\d{4}-\d{2}-\d{2}/revision=[1-9]\d*/[A-Za-z0-9._-]+\.parquet$")]
    private static partial Regex PathForm();
}
