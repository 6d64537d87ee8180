using System.Security.Cryptography;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.Storage;
using BatchScoring.Tables;
using BatchScoring.Tasks;

namespace BatchScoring.Tests.Testing;

/// <summary>A golden model, pinned under a root, and its table as Parquet with a key <c>id</c> from 0.</summary>
public sealed class ScoreBench : IDisposable
{
    private readonly string _folder;

    public ScoreBench(string golden)
    {
        _folder = Repository.Data("golden", golden);
        Model = CatBoostModel.LoadFile(Path.Combine(_folder, "model.cbm"));
        byte[] file = File.ReadAllBytes(Path.Combine(_folder, "model.cbm"));
        string hash = Convert.ToHexStringLower(SHA256.HashData(file));
        Pin = new ModelPin
        {
            Name = "golden",
            Version = "v1",
            Format = Model.Format,
            Sha256 = hash,
            Key = FolderLayout.PinnedModel(hash, ".cbm")
        };
        Tasks.Store.PutAsync(Pin.Key, file, PutCondition.Always, CancellationToken.None).GetAwaiter().GetResult();
        Work = new ScoreWork { Model = Pin, Key = "id", Folder = "test_sample_inference/run_date=2026-11-21/revision=1/" };
    }

    public TaskBench Tasks { get; } = new();

    public CatBoostModel Model { get; }

    public ModelPin Pin { get; }

    public ScoreWork Work { get; set; }

    /// <summary>The golden rows: text goes straight to float32, categories stay text.</summary>
    public InputFile Input(string key = "test_sample/run_date=2026-11-21/input.parquet", int rowGroupRows = 2048) =>
        Tasks.Write(key, $"SELECT {Columns} FROM {Source}", rowGroupRows);

    /// <summary>The first rows of the golden table, changed as SQL <c>REPLACE</c> says, for example <c>NULL AS id</c>.</summary>
    public InputFile Changed(int rows, string replace, string key = "test_sample/run_date=2026-11-21/changed.parquet") =>
        Tasks.Write(key, $"SELECT * REPLACE ({replace}) FROM (SELECT {Columns} FROM {Source} LIMIT {rows})");

    public TaskSpec Split(InputFile file, long firstRow, long rows, int split = 0, IReadOnlyList<long>? duplicates = null) =>
        TaskBench.Split("score", Work, TasksJson.Default.ScoreWork, file, firstRow, rows, split, duplicates);

    public Task<TaskResult> RunAsync(TaskSpec split, CancellationToken cancellation = default) =>
        Tasks.RunAsync(new ScoreTask(new ParquetSource(), ModelFormats.Standard), split, cancellation);

    public void Dispose() => Tasks.Dispose();

    private string Source => File.Exists(Path.Combine(_folder, "input.csv"))
        ? $"read_csv({DuckSql.Literal(Path.Combine(_folder, "input.csv"))}, all_varchar = true, header = true)"
        : $"read_parquet({DuckSql.Literal(Path.Combine(_folder, "input.parquet"))})";

    private string Columns =>
        "row_number() OVER () - 1 AS id, " + string.Join(", ", Model.Inputs.Select(input => input.Kind == ModelInputKind.Numeric
        ? $"CAST({DuckSql.Identifier(input.Name)} AS FLOAT) AS {DuckSql.Identifier(input.Name)}"
        : DuckSql.Identifier(input.Name)));
}
