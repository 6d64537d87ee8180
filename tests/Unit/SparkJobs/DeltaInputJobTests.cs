using System.Globalization;
using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.SparkJobs;

/// <summary>
/// Tables of tests/data/delta-input by <c>predict</c>, <c>import</c> and <c>score</c>, on a folder and on S3: the rows that are right, scores
/// to the bit, or the refusal that is allowed, by its word.
/// </summary>
public sealed class DeltaInputJobTests : IDisposable
{
    private const string Date = "2026-11-21";

    private readonly TemporaryFolder _folder = new();
    private readonly AtomicS3 _server = new();
    private readonly StringWriter _output = new(), _errors = new();

    /// <summary>All on a folder; on S3 one of each kind, and all of them where time does not count.</summary>
    public static TheoryData<string, bool> Tables
    {
        get
        {
            string[] some = ["append-three", "below-a-table", "checkpoint-v2-json", "column-mapping-name", "deletion-vectors", "file-missing",
                "file-names", "iceberg-overwrite", "partition-odd-spark", "plain-databricks-uncommitted"];
            bool all = Environment.GetEnvironmentVariable("BATCHSCORING_FULL") == "1";
            TheoryData<string, bool> data = [];
            foreach (string name in DeltaInput.Names()) data.Add(name, false);
            foreach (string name in all ? DeltaInput.Names() : some) data.Add(name, true);
            return data;
        }
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Score_SampleThatOthersDelivered_IsRightOrRefused(string name, bool onS3)
    {
        var table = DeltaInput.Open(name);
        string root = await RootAsync(onS3, table.Table, $"test_sample/run_date={Date}/");
        int exit = await RunAsync("score", "--root", root, "--date", Date, "--model", DeltaInput.Model, "--key", "id", "--unsealed");
        if (IsRefused(exit, table.Expected)) return;
        IReadOnlyList<(long Key, double Score)> rows = DeltaInput.Rows(table.Expected);
        // A date without rows is held: nobody knows whether the delivery is complete.
        exit.ShouldBe(rows.Count == 0 ? (int)ExitCode.Held : 0, _errors.ToString());
        if (rows.Count == 0) return;
        string scores = _folder.File("scores.csv");
        (await RunAsync("collect", "--root", root, "--date", Date, "--output", scores)).ShouldBe(0, _errors.ToString());
        Collected(scores).ShouldBe(rows);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Import_Folder_ImportsTheTablesRows(string name, bool onS3)
    {
        var table = DeltaInput.Open(name);
        string input = await RootAsync(onS3, table.Table, "in/") + "/in/", root = _folder.File("imported");
        // Columns out of folders' names have to be asked for.
        string[] more = name == "plain-partition-feature" ? ["--path-columns", "b"] : [];
        int exit = await RunAsync(["import", input, "--root", root, "--key", "id", "--first-date", Date, "--test-where", "id % 2 = 0",
            "--max-bad-percent", "0", .. more]);
        if (IsRefused(exit, table.Expected)) return;
        JsonElement[] ids = [.. table.Expected.GetProperty("rows").EnumerateArray()];
        if (ids.Length == 0)
        {
            _errors.ToString().ShouldContain("IMPORT_EMPTY");
            return;
        }

        exit.ShouldBe(0, _errors.ToString());
        string[] expected = [.. ids.Zip(table.Expected.GetProperty("features").EnumerateArray())
            .Select(row => $"{row.First.GetInt64()} {string.Join(' ', row.Second.EnumerateArray().Select(Number))}").Order(StringComparer.Ordinal)];
        Imported(root).ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Predict_FolderOfABucket_AnswersAsFromHere(string name, bool onS3)
    {
        if (!onS3) return;
        var table = DeltaInput.Open(name);
        string input = await RootAsync(onS3, table.Table, "in/") + "/in/", answers = _folder.File("answers.csv");
        int exit = await RunAsync("predict", "--model", DeltaInput.Model, "--input", input, "--key", "id", "--output", answers);
        if (IsRefused(exit, table.Expected)) return;
        exit.ShouldBe(0, _errors.ToString());
        DeltaInput.Read(await File.ReadAllTextAsync(answers)).ShouldBe(DeltaInput.Rows(table.Expected));
    }

    /// <summary>The log above the samples says which rows a date has, and the plan and the manifest say which version that was.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Score_SamplesThatAreOneTable_ReadsThePartitionOfTheDate(bool onS3)
    {
        var table = DeltaInput.Open("below-a-table");
        string root = await RootAsync(onS3, table.Table, "test_sample/");
        HashSet<long> keys = [.. table.Expected.GetProperty("folders").GetProperty($"run_date={Date}").EnumerateArray().Select(key => key.GetInt64())];

        (await RunAsync("score", "--root", root, "--date", Date, "--model", DeltaInput.Model, "--key", "id")).ShouldBe(0, _errors.ToString());

        string scores = _folder.File("scores.csv");
        (await RunAsync("collect", "--root", root, "--date", Date, "--output", scores)).ShouldBe(0, _errors.ToString());
        Collected(scores).ShouldBe(DeltaInput.Rows(table.Expected).Where(row => keys.Contains(row.Key)));
        if (onS3) return;
        foreach (string name in new[] { "plan.json", "_manifest.json" })
        {
            string file = Directory.GetFiles(root, name, SearchOption.AllDirectories).ShouldHaveSingleItem();
            JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement.GetProperty("input_table_version").GetInt64().ShouldBe(2);
        }
    }

    private static string Number(JsonElement value) => value.ValueKind == JsonValueKind.Null
        ? "null"
        : ((float)value.GetDouble()).ToString("R", CultureInfo.InvariantCulture);

    private bool IsRefused(int exit, JsonElement expected)
    {
        bool mayRefuse = expected.GetProperty("right").GetString() == "refuse"
            || (expected.TryGetProperty("refusal_also_right", out JsonElement also) && also.ValueKind == JsonValueKind.True);
        if (!mayRefuse || (exit == 0 && expected.GetProperty("right").GetString() != "refuse")) return false;
        exit.ShouldBe((int)ExitCode.InputUnusable, _errors.ToString());
        _errors.ToString().ShouldContain(expected.GetProperty("a_refusal_names").GetString()!);
        return true;
    }

    private async Task<int> RunAsync(params string[] arguments) => await BatchScoreCommand.RunAsync(
        [.. arguments, "--quiet"], _output, _errors, TimeProvider.System, name => name switch
        {
            "BATCHSCORING_S3_ENDPOINT" => _server.Address,
            "AWS_ACCESS_KEY_ID" => "a",
            "AWS_SECRET_ACCESS_KEY" => "b",
            _ => null,
        });

    /// <summary>A root that holds a table below a folder.</summary>
    private async Task<string> RootAsync(bool onS3, string table, string below)
    {
        string root = onS3 ? "s3://bucket/bank" : _folder.File("bank");
        StoreCredentials keys = new() { AccessKey = "a", SecretKey = "b" };
        using IObjectStore store = ObjectStores.Open(
            onS3 ? _server.Options("") with { Root = root } : new StoreOptions { Root = root }, _ => Task.FromResult(keys));
        foreach (string file in Directory.EnumerateFiles(table, "*", SearchOption.AllDirectories))
            await store.UploadAsync(below + Path.GetRelativePath(table, file), file, default);
        return root;
    }

    private static IReadOnlyList<(long Key, double Score)> Collected(string csv)
    {
        string[][] lines = [.. File.ReadLines(csv).Select(line => line.Split(','))];
        int key = Array.IndexOf(lines[0], "id"), raw = Array.IndexOf(lines[0], "RawFormulaVal");
        return [.. lines.Skip(1).Select(cells =>
            (long.Parse(cells[key], CultureInfo.InvariantCulture), double.Parse(cells[raw], CultureInfo.InvariantCulture))).Order()];
    }

    private static string[] Imported(string root)
    {
        using var database = DuckDatabase.Open();
        using DuckConnection duck = database.Connect();
        string files = DuckSql.Files(Directory.EnumerateFiles(root, "*.parquet", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(root, file).StartsWith('t')));
        using DuckResult rows = duck.Query($"SELECT id, a::FLOAT, b::FLOAT, c::FLOAT, d::FLOAT, e::FLOAT FROM read_parquet({files})");
        return [.. rows.Rows().Select(row => string.Join(' ', row.Select(value => value is float number
            ? number.ToString("R", CultureInfo.InvariantCulture)
            : value is null ? "null" : Convert.ToString(value, CultureInfo.InvariantCulture)))).Order(StringComparer.Ordinal)];
    }
}
