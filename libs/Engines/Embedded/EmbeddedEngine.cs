using System.Runtime.CompilerServices;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Storage;
using BatchScoring.Tables;

namespace BatchScoring.Engines;

/// <summary>Everything in this process: tasks on a few workers, SQL on DuckDB. Needs no cluster and no JVM.</summary>
/// <param name="runner">The task code; disposed of at the end.</param>
/// <param name="store">Where datasets lie; not owned.</param>
/// <param name="source">Makes their files openable.</param>
/// <param name="options">How much of the machine to use.</param>
/// <param name="time">Measures the waits between retries.</param>
public sealed class EmbeddedEngine(
    ITaskRunner runner, IObjectStore store, IParquetSource source, EmbeddedEngineOptions options, TimeProvider time) : IEngine
{
    /// <inheritdoc/>
    public string Name => "embedded";

    /// <inheritdoc/>
    public string? ApplicationId => null;

    /// <inheritdoc/>
    public SqlDialect Dialect => SqlDialect.DuckDb;

    /// <inheritdoc/>
    public async IAsyncEnumerable<TaskResult> RunTasksAsync(
        HeaderLine header,
        IReadOnlyList<TaskSpec> splits,
        Func<CancellationToken, Task<HeaderLine>>? renewHeader,
        Action<long>? rowsDone,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        TaskRules.RequireDistinct(splits);
        if (splits.Count == 0) yield break;

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using HeaderHolder holder = new(Share(header, splits.Count), renewHeader is null ? null : async token =>
            Share(await renewHeader(token), splits.Count));
        WorkerPool crew = new(runner, holder, splits, options, time);
        Task work = crew.RunAsync(stop);
        try
        {
            while (await crew.Answers.WaitToReadAsync(CancellationToken.None))
            {
                while (crew.Answers.TryRead(out TaskResult? answer))
                {
                    rowsDone?.Invoke(answer.RowsRead);
                    yield return answer;
                }
            }
        }
        finally
        {
            // Reached early when the reader leaves the loop: tasks must have ended before their header, and their store, may go.
            await stop.CancelAsync();
            await work;
        }

        cancellation.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public async Task<SqlResult> QueryAsync(SqlQuery query, CancellationToken cancellation)
    {
        using EmbeddedSql sql = await EmbeddedSql.OpenAsync(store, source, options, query, cancellation);
        return await Task.Run(() => sql.Read(cancellation), cancellation);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ISqlChunk> StreamAsync(SqlQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using EmbeddedSql sql = await EmbeddedSql.OpenAsync(store, source, options, query, cancellation);
        using DuckResult result = await Task.Run(() => sql.Begin(cancellation), cancellation);
        // DuckDB works while a chunk is fetched; never on the caller's thread.
        while (await Task.Run(() => EmbeddedSql.Next(result), cancellation) is { } chunk)
            yield return new DuckSqlChunk(chunk, result.Columns);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SqlFile>> WriteAsync(SqlQuery query, string folder, CancellationToken cancellation)
    {
        using EmbeddedSql sql = await EmbeddedSql.OpenAsync(store, source, options, query, cancellation);
        return await Task.Run(() => sql.WriteAsync(folder, cancellation), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        runner.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The header states what the process may use; its workers share that.</summary>
    private HeaderLine Share(HeaderLine header, int splits) =>
        header with { MemoryMib = Math.Max(1, header.MemoryMib / Math.Clamp(options.Workers, 1, splits)) };
}
