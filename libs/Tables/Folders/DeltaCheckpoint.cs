using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Storage;

namespace BatchScoring.Tables;

/// <summary>Reads checkpoints: Parquet by DuckDB, row by row, and those of the second kind, which name further files.</summary>
/// <param name="store">Where the table lies.</param>
/// <param name="log">The log's folder.</param>
/// <param name="scratch">A local folder for copies of remote files.</param>
internal sealed class DeltaCheckpoint(IObjectStore store, string log, ScratchFolder scratch)
{
    private const string Sidecars = "_sidecars/";
    private const int MemoryMiB = 512;

    private static readonly string[] _actions = ["protocol", "metaData", "add", "sidecar"];

    /// <summary>Plays a checkpoint.</summary>
    /// <exception cref="BatchScoringException"><c>INPUT_LOG_DAMAGED</c>: it cannot be read.</exception>
    public async Task PlayAsync(DeltaCheckpointFiles checkpoint, DeltaReplay replay, CancellationToken cancellation)
    {
        Queue<string> files = new(checkpoint.Files.Select(file => file.Key));
        int own = files.Count;
        for (int read = 0; files.TryDequeue(out string? key); read++)
        {
            List<string> sidecars = [];
            try
            {
                await ReadAsync(key, row =>
                {
                    replay.Checkpoint(row);
                    if (DeltaJson.Object(row, "sidecar") is { } sidecar) sidecars.Add(DeltaJson.Text(sidecar, "path"));
                }, cancellation);
            }
            catch (Exception e) when (e is JsonException or DuckDbException { BlamesMachine: false })
            {
                string reason = e is DuckDbException duck ? duck.Reason : e.Message;
                throw DeltaErrors.Damaged(key, $"the checkpoint cannot be read ({reason.TrimEnd('.')}).", e);
            }

            if (read >= own && sidecars.Count > 0) throw DeltaErrors.Damaged(key, "a file that a checkpoint names names further ones.");
            foreach (string path in sidecars)
            {
                string name = LoggedFile.Below(path, log);
                if (name.Contains('/', StringComparison.Ordinal)) throw DeltaErrors.Outside(log, path);
                files.Enqueue(log + Sidecars + name);
            }
        }
    }

    private async Task ReadAsync(string key, Action<JsonElement> take, CancellationToken cancellation)
    {
        if (await store.HeadAsync(key, cancellation) is not { } found) throw DeltaErrors.Damaged(key, "a file of the checkpoint is missing.");
        if (key.EndsWith(".json", StringComparison.Ordinal))
        {
            byte[] bytes = await DeltaSnapshot.SmallAsync(store, found, cancellation);
            foreach (JsonElement row in DeltaReplay.Lines(bytes)) take(row);
            return;
        }

        string path = store.LocalPath(key) ?? scratch.File(Guid.NewGuid().ToString("N"));
        if (store.LocalPath(key) is null) await store.DownloadAsync(key, path, cancellation);
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1, MemoryLimitMiB = MemoryMiB, TempDirectory = scratch.Path });
        using DuckConnection duck = database.Connect();
        string[] columns;
        using (DuckResult shape = duck.Query($"SELECT * FROM {ParquetSql.Table(path)} LIMIT 0", cancellation))
            columns = [.. _actions.Where(name => shape.Columns.Any(column => column.Name == name))];
        if (columns.Length == 0) throw DeltaErrors.Damaged(key, "the checkpoint holds no actions.");
        string rows = string.Join(", ", columns.Select(name => $"CAST(to_json({DuckSql.Identifier(name)}) AS VARCHAR)"));
        using DuckResult result = duck.Query($"SELECT {rows} FROM {ParquetSql.Table(path)}", cancellation);
        while (result.NextChunk() is { } chunk)
            for (int row = 0; row < chunk.Rows; row++)
                for (int column = 0; column < columns.Length; column++) Take(columns[column], (string?)chunk.Value(column, row), take);
    }

    private static void Take(string action, string? text, Action<JsonElement> take)
    {
        if (text is null or "null") return;
        using var document = JsonDocument.Parse($"{{\"{action}\":{text}}}");
        JsonElement content = document.RootElement.GetProperty(action);
        // Some writers leave the parts of an absent action empty instead of the action.
        if (content.ValueKind == JsonValueKind.Object && content.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.Null
            || (member.Value.ValueKind == JsonValueKind.Object && !member.Value.EnumerateObject().Any()))) return;
        take(document.RootElement);
    }
}
