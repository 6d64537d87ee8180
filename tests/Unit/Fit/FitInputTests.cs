using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Fit;

/// <summary>Wherever the same rows come from, the model is the same file.</summary>
public sealed class FitInputTests : IDisposable
{
    private const string Rows = "SELECT i AS id, (i * 37 % 101)::DOUBLE AS a, CASE WHEN i % 11 > 0 THEN i * 53 % 97 END AS b, 'k' || (i * 31 % 17) AS kind, "
        + "((i * 37 % 101 + i * 53 % 97 + i * 7919 % 83) > 140)::INTEGER AS y FROM (SELECT range AS i FROM range(600))";

    private readonly TemporaryFolder _folder = new();
    private readonly AtomicS3 _server = new();
    private readonly StringWriter _errors = new();

    public FitInputTests()
    {
        Directory.CreateDirectory(_folder.File("parts"));
        using var database = DuckDatabase.Open();
        using DuckConnection duck = database.Connect();
        Write("rows.csv", "");
        Write("first.csv", "WHERE id < 250");
        Write("second.csv", "WHERE id >= 250");
        Write("rows.parquet", "");
        Write("parts/part-0.parquet", "WHERE id < 250");
        Write("parts/part-1.parquet", "WHERE id >= 250");
        Write("learned.csv", "WHERE id % 5 <> 4");
        Write("measured.csv", "WHERE id % 5 = 4");

        void Write(string file, string where) =>
            duck.Execute($"COPY (SELECT * FROM ({Rows}) {where} ORDER BY id) TO {DuckSql.Literal(_folder.File(file))}");
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("rows.parquet")]
    [InlineData("parts")]
    [InlineData("parts/*.parquet")]
    [InlineData("first.csv", "second.csv")]
    [InlineData("parts/part-0.parquet", "parts/part-1.parquet")]
    [InlineData("delta")]
    [InlineData("s3://bucket/in/rows.parquet")]
    [InlineData("s3://bucket/parts/")]
    [InlineData("s3://bucket/table/")]
    public async Task Fit_RowsFromElsewhere_IsTheSameFile(params string[] inputs)
    {
        WriteDelta("delta");
        await PutAsync();

        byte[] elsewhere = await FitAsync([.. inputs.Select(input => input.StartsWith("s3:", StringComparison.Ordinal) ? input : _folder.File(input))]);

        elsewhere.ShouldBe(await FitAsync([_folder.File("rows.csv")]));
    }

    [Theory]
    [InlineData("measured.csv")]
    [InlineData("s3://bucket/in/measured.csv")]
    public async Task Fit_EvalRowsFromAnotherFile_IsTheSameFileAsWithACondition(string eval)
    {
        await PutAsync();
        if (!eval.StartsWith("s3:", StringComparison.Ordinal)) eval = _folder.File(eval);

        (await FitAsync([_folder.File("learned.csv")], "--eval-input", eval, "--set", "eval_metric=AUC"))
            .ShouldBe(await FitAsync([_folder.File("rows.csv")], "--eval-where", "id % 5 = 4", "--set", "eval_metric=AUC"));
    }

    [Fact]
    public async Task Fit_ModelOfABucketToGoOnFrom_IsTheSameFileAsOneFromHere()
    {
        string[] words = ["--ignore", "kind", "--cat-features", "", "--set", "learning_rate=0.1"];
        await File.WriteAllBytesAsync(_folder.File("old.cbm"), await FitAsync([_folder.File("first.csv")], words), CancellationToken.None);
        await PutAsync("old.cbm");

        byte[] here = await FitAsync([_folder.File("second.csv")], [.. words, "--init-model", _folder.File("old.cbm")]);

        (await FitAsync([_folder.File("second.csv")], [.. words, "--init-model", "s3://bucket/in/old.cbm"])).ShouldBe(here);
        CatBoostModel.Load(here).TreeCount.ShouldBe(40);
    }

    /// <summary>A model that starts from an old one's raw values makes the trees that a start from their column makes.</summary>
    [Fact]
    public async Task Fit_Baseline_StartsFromTheColumn()
    {
        using (var database = DuckDatabase.Open())
        {
            using DuckConnection duck = database.Connect();
            duck.Execute($"COPY (SELECT *, 0.0 AS zero, (id % 7)::FLOAT / 7 AS start FROM ({Rows})) TO {DuckSql.Literal(_folder.File("started.parquet"))}");
        }

        string[] Words(string baseline) => ["--baseline", baseline, "--set", "learning_rate=0.1"];
        var plain = CatBoostModel.Load(await FitAsync([_folder.File("rows.csv")], "--set", "learning_rate=0.1"));
        var zero = CatBoostModel.Load(await FitAsync([_folder.File("started.parquet")], [.. Words("zero"), "--ignore", "start"]));
        var started = CatBoostModel.Load(await FitAsync([_folder.File("started.parquet")], [.. Words("start"), "--ignore", "zero"]));

        zero.LeafValues.ShouldBe(plain.LeafValues);
        started.LeafValues.ShouldNotBe(plain.LeafValues);
        started.FloatFeatures.Select(feature => feature.Id).ShouldBe(["a", "b"]);
    }

    private async Task<byte[]> FitAsync(IEnumerable<string> inputs, params string[] more)
    {
        string output = _folder.File("model.cbm");
        Dictionary<string, string> environment = new(StringComparer.Ordinal)
        {
            ["BATCHSCORING_S3_ENDPOINT"] = _server.Address,
            ["AWS_ACCESS_KEY_ID"] = "a",
            ["AWS_SECRET_ACCESS_KEY"] = "b",
        };
        string[] categories = more.Contains("--cat-features") ? [] : ["--cat-features", "kind"];

        (await BatchScoreCommand.RunAsync(
            ["fit", .. inputs.SelectMany(input => new[] { "--input", input }), "--label", "y", "--ignore", "id", .. categories, "--set",
                "iterations=20", "--output", output, "--overwrite", .. more],
            TextWriter.Null, _errors, TimeProvider.System, environment.GetValueOrDefault)).ShouldBe(0, _errors.ToString());

        return await File.ReadAllBytesAsync(output, CancellationToken.None);
    }

    /// <summary>A table of both parts, as its log has them.</summary>
    private void WriteDelta(string folder)
    {
        Directory.CreateDirectory(_folder.File(folder, "_delta_log"));
        string[] parts = ["part-0.parquet", "part-1.parquet"];
        foreach (string part in parts) File.Copy(_folder.File("parts", part), _folder.File(folder, part));
        JsonObject schema = new()
        {
            ["type"] = "struct",
            ["fields"] = new JsonArray([.. new[] { ("id", "long"), ("a", "double"), ("b", "long"), ("kind", "string"), ("y", "integer") }.Select(
                column => new JsonObject { ["name"] = column.Item1, ["type"] = column.Item2, ["nullable"] = true, ["metadata"] = new JsonObject() })]),
        };
        JsonObject meta = new()
        {
            ["id"] = "t",
            ["format"] = new JsonObject { ["provider"] = "parquet", ["options"] = new JsonObject() },
            ["schemaString"] = schema.ToJsonString(),
            ["partitionColumns"] = new JsonArray(),
            ["configuration"] = new JsonObject(),
        };
        JsonObject[] lines =
        [
            new() { ["protocol"] = new JsonObject { ["minReaderVersion"] = 1, ["minWriterVersion"] = 2 } },
            new() { ["metaData"] = meta },
            .. parts.Select(part => new JsonObject
            {
                ["add"] = new JsonObject
                {
                    ["path"] = part,
                    ["partitionValues"] = new JsonObject(),
                    ["size"] = new FileInfo(_folder.File(folder, part)).Length,
                    ["modificationTime"] = 0,
                    ["dataChange"] = true,
                },
            }),
        ];
        File.WriteAllLines(_folder.File(folder, "_delta_log", "00000000000000000000.json"), lines.Select(line => line.ToJsonString()));
    }

    private async Task PutAsync(params string[] more)
    {
        StoreCredentials keys = new() { AccessKey = "a", SecretKey = "b" };
        using IObjectStore store = ObjectStores.Open(_server.Options("") with { Root = "s3://bucket" }, _ => Task.FromResult(keys));
        foreach (string file in new[] { "rows.parquet", "measured.csv" }.Concat(more)) await store.UploadAsync("in/" + file, _folder.File(file), CancellationToken.None);
        foreach (string part in Directory.GetFiles(_folder.File("parts"))) await store.UploadAsync("parts/" + Path.GetFileName(part), part, CancellationToken.None);
        if (!Directory.Exists(_folder.File("delta"))) return;
        foreach (string file in Directory.GetFiles(_folder.File("delta"), "*", SearchOption.AllDirectories))
            await store.UploadAsync("table/" + Path.GetRelativePath(_folder.File("delta"), file), file, CancellationToken.None);
    }
}
