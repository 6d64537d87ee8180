using System.Globalization;
using System.Security.Cryptography;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.DuckDb;
using BatchScoring.Storage;

namespace BatchScoring.Tests.Testing;

/// <summary>A root with scores that no model made: published as a run would, in no time, of any rows.</summary>
public sealed class ScoreRoot(IObjectStore store) : IDisposable
{
    private readonly TemporaryFolder _parts = new();
    private int _attempts;

    /// <summary>Rows of the usual columns from SQL that says what key and score are.</summary>
    public static string Rows(string key, string score, string from) =>
        $"SELECT {key} AS ID, CAST({score} AS DOUBLE) AS score, CAST(-3 * ({score}) AS DOUBLE) AS \"RawFormulaVal\", 'm1a2b3c4d5e6' AS model_version FROM {from}";

    /// <summary>Publishes a revision.</summary>
    /// <param name="date">Its date.</param>
    /// <param name="revision">Its revision.</param>
    /// <param name="created">When its manifest was made.</param>
    /// <param name="selects">The rows of each part; the first column is the key.</param>
    public async Task<ManifestFile> PublishAsync(string date, int revision, DateTimeOffset created, params string[] selects)
    {
        var run = new RunId("score", RunDate.Parse(date), revision);
        string attempt = (++_attempts).ToString("x16", CultureInfo.InvariantCulture), folder = FolderLayout.Inference(RunDate.Parse(date), revision);
        string attemptFolder = FolderLayout.Attempt(run, new AttemptId(attempt));
        List<PendingPart> parts = [];
        IReadOnlyList<DatasetColumn> columns = [];
        using var database = DuckDatabase.Open();
        using DuckConnection duck = database.Connect();
        for (int i = 0; i < selects.Length; i++)
        {
            string file = _parts.File($"{attempt}-{i}.parquet");
            duck.Execute($"COPY ({selects[i]}) TO {DuckSql.Literal(file)} (FORMAT PARQUET)");
            using (DuckResult rows = duck.Query($"SELECT * FROM {DuckSql.File(file)} LIMIT 0"))
                columns = [.. rows.Columns.Select((column, at) => new DatasetColumn(column.Name, column.SqlType, at == 0 ? ColumnRole.Key : ColumnRole.Score))];
            long count = duck.Query($"SELECT count(*) FROM {DuckSql.File(file)}").Scalar<long>();
            string sha256 = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file)));
            parts.Add(await store.StageAsync(folder + PartName.New(i, attempt), file, new PartFacts(attempt, attemptFolder, sha256, count), default));
        }

        await store.PutAsync(attemptFolder + AttemptFiles.Result, "{}"u8.ToArray(), PutCondition.Always, default);
        var manifest = new Manifest
        {
            Folder = folder,
            Run = run.ToString(),
            Job = "score",
            RunDate = date,
            Revision = revision,
            Attempt = attempt,
            AttemptFolder = attemptFolder,
            Fingerprint = $"{date} {revision}",
            Model = new ModelPin { Name = "cards", Version = "m1a2b3c4d5e6", Sha256 = new string('a', 64), Key = "artifacts/models/by-hash/a.cbm" },
            Created = created,
            Program = "tests 1.0",
            RowsRead = parts.Sum(part => part.Rows),
            Content = new ContentHash(0, parts.Sum(part => part.Rows)),
            QuarantineContent = default,
            Columns = columns,
            Key = columns.Count > 0 ? columns[0].Name : null,
            Parts = [.. parts.OrderBy(part => part.Key, KeyOrder.Instance)],
        };
        return (await new Publisher(store).PublishAsync(new PublishRequest(manifest, []), default)).Winner;
    }

    /// <summary>Takes the seal away, as a publish leaves it that was killed after its manifest.</summary>
    public Task UnsealAsync(string date, int revision) =>
        store.DeleteAsync(FolderLayout.Inference(RunDate.Parse(date), revision) + FolderLayout.Success, default);

    public void Dispose() => _parts.Dispose();
}
