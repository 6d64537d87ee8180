using System.Globalization;
using System.Security.Cryptography;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Storage;
using BatchScoring.Tables;

namespace BatchScoring.Tasks;

/// <summary>A part's way out: written to the scratch folder, hashed, made pending.</summary>
internal static class PartOutput
{
    /// <summary>
    /// Writes what a query yields as a Parquet file; the same rows give the same bytes, so a lost part can be made again. Several threads
    /// would cut row groups by chance: the database works with one from here on.
    /// </summary>
    public static void Write(DuckConnection connection, string select, string path, int columns, CancellationToken cancellation)
    {
        connection.Execute("SET threads = 1", cancellation);
        connection.Execute(string.Create(CultureInfo.InvariantCulture,
            $"COPY ({select}) TO {DuckSql.Literal(path)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE " +
            $"{ParquetSql.RowGroupRows(columns)})"), cancellation);
    }

    /// <summary>Where a task writes its part.</summary>
    public static string Path(TaskContext context) => System.IO.Path.Combine(context.Scratch, "part.parquet");

    /// <summary>Ends a task: its rows become a pending part, those set aside a file, and the answer tells of both.</summary>
    public static async Task<TaskResult> FinishAsync(
        TaskContext context, DuckConnection connection, SplitFile file, TaskRows rows, CancellationToken cancellation)
    {
        string path = Path(context);
        ContentHash content = rows.Count > 0 ? ContentHasher.OfPart(context, connection, path, cancellation) : default;
        if (content.Rows != rows.Count) throw new InvalidOperationException($"{rows.Count} rows were made and {content.Rows} read back.");

        context.Clock.Book("write");
        (string? quarantineKey, ContentHash quarantineContent) =
            await rows.Quarantine.WriteAsync(context, connection, file, rows.Key, cancellation);
        PendingPart? part = rows.Count > 0 ? await StageAsync(context, rows.Folder, path, rows.Count, cancellation) : null;
        context.Clock.Book("stage");
        return new TaskResult
        {
            Split = context.Split.Split,
            Status = TaskResultStatus.Done,
            RowsRead = context.Split.Input.Rows,
            RowsOut = rows.Count,
            RowsQuarantined = rows.Quarantine.Rows,
            Part = part,
            QuarantineKey = quarantineKey,
            QuarantineCounts = rows.Quarantine.Counts,
            Content = content,
            QuarantineContent = quarantineContent,
            Seconds = context.Clock.Seconds,
        };
    }

    /// <summary>Makes a written file pending under a name that nobody else uses; a part that is made again gets the name it had.</summary>
    private static async Task<PendingPart> StageAsync(
        TaskContext context, string folder, string path, long rows, CancellationToken cancellation)
    {
        string key = context.Split.PartKey ?? folder + PartName.New(context.Split.Split, context.Header.Attempt);
        PartFacts facts = new(context.Header.Attempt, context.Header.AttemptFolder, await Sha256Async(path, cancellation), rows);
        return await context.Store.StageAsync(key, path, facts, cancellation);
    }

    private static async Task<string> Sha256Async(string path, CancellationToken cancellation)
    {
        await using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
    }
}
