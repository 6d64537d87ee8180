using System.Security.Cryptography;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Storage;
using BatchScoring.Tables;

namespace BatchScoring.Runs;

/// <summary>
/// The part of a result without rows: a Parquet file of 0 rows × the result's columns. Without it who opens the folder of such a date finds
/// no file, and most tools take that for an error or for a table without columns.
/// </summary>
internal static class EmptyPart
{
    /// <summary>Writes it and makes it pending; the same columns give the same bytes.</summary>
    /// <param name="store">Where to.</param>
    /// <param name="key">Its key.</param>
    /// <param name="columns">Names and DuckDB's types.</param>
    /// <param name="attempt">Whose it is.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<PendingPart> StageAsync(
        IObjectStore store, string key, IReadOnlyList<DatasetColumn> columns, RunIdentity attempt, CancellationToken cancellation)
    {
        using var scratch = ScratchFolder.Create("empty");
        string file = scratch.File("part.parquet");
        using (var database = DuckDatabase.Open())
        using (DuckConnection connection = database.Connect())
            connection.Execute(
                $"COPY (SELECT {ParquetSql.Nulls(columns)} LIMIT 0) TO {DuckSql.Literal(file)} (FORMAT parquet, COMPRESSION zstd)",
                cancellation);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file, cancellation)));
        return await store.StageAsync(key, file, new PartFacts(attempt.Attempt, attempt.AttemptFolder, sha256, Rows: 0), cancellation);
    }
}
