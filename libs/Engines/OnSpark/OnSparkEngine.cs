using System.Runtime.CompilerServices;
using BatchScoring.Core;
using BatchScoring.Spark;
using BatchScoring.Storage;

namespace BatchScoring.Engines;

/// <summary>
/// Tasks by runners on Spark's executors, SQL on Spark SQL. Splits of files that lie on the driver's own disk, as an import makes them,
/// stay with the driver: no executor could read them.
/// </summary>
/// <param name="session">The driver's session; not owned.</param>
/// <param name="local">Runs what must stay on this machine; disposed of at the end.</param>
/// <param name="store">Where datasets lie; not owned.</param>
/// <param name="where">The same place, as Spark is to reach it.</param>
/// <param name="options">How runners are started.</param>
/// <param name="time">Measures the wait for runners that are told to stop.</param>
public sealed class OnSparkEngine(
    SparkSession session, EmbeddedEngine local, IObjectStore store, StoreOptions where, OnSparkEngineOptions options, TimeProvider time)
        : IEngine
{
    private readonly SparkSql _sql = new(session, where);

    /// <inheritdoc/>
    public string Name => "spark";

    /// <inheritdoc/>
    public string? ApplicationId => session.SparkContext.ApplicationId;

    /// <inheritdoc/>
    public SqlDialect Dialect => SqlDialect.Spark;

    /// <inheritdoc/>
    public async IAsyncEnumerable<TaskResult> RunTasksAsync(
        HeaderLine header,
        IReadOnlyList<TaskSpec> splits,
        Func<CancellationToken, Task<HeaderLine>>? renewHeader,
        Action<long>? rowsDone,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        TaskRules.RequireDistinct(splits);
        ILookup<bool, TaskSpec> places = splits.ToLookup(split => Path.IsPathRooted(split.Input.File.Key));
        await foreach (TaskResult answer in local.RunTasksAsync(header, [.. places[true]], renewHeader, rowsDone, cancellation))
            yield return answer;
        // A driver's core is one of many: what it does not do itself it need not wait for.
        SparkTasks tasks = new(session.SparkContext, store, options, time, rowsDone ?? (_ => { }));
        foreach (TaskResult answer in await tasks.RunAsync(header, [.. places[false]], renewHeader, cancellation)) yield return answer;
    }

    /// <inheritdoc/>
    public Task<SqlResult> QueryAsync(SqlQuery query, CancellationToken cancellation) => _sql.ReadAsync(query, cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ISqlChunk> StreamAsync(SqlQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Cancelled also when the reader leaves early, so that the query's thread does not wait for it for ever.
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            await foreach (SparkSqlChunk chunk in _sql.Stream(query, left.Token).ReadAllAsync(cancellation)) yield return chunk;
        }
        finally
        {
            await left.CancelAsync();
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SqlFile>> WriteAsync(SqlQuery query, string folder, CancellationToken cancellation)
    {
        await _sql.WriteAsync(query, folder, cancellation);
        List<StoredObject> found = [];
        await foreach (StoredObject file in store.ListAsync(folder, cancellation))
        {
            if (file.Key.EndsWith(".parquet", StringComparison.Ordinal)) found.Add(file);
        }

        // Spark numbers its files in the order of the result.
        InputFile[] files = [.. found.OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => new InputFile { Key = file.Key, Size = file.Size, Version = file.Version })];
        long[] rows = await _sql.CountAsync(files, cancellation);
        return [.. files.Select((file, i) => new SqlFile(file, rows[i])).Where(file => file.Rows > 0)];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => local.DisposeAsync();
}
