using BatchScoring.Core;

namespace BatchScoring.Engines;

/// <summary>
/// What a job is written against: work within rows goes out as tasks, work across rows as SQL. The embedded engine does both in this
/// process; the other form does both on Spark. The task code is the same in both, so equal scores are a fact of the structure.
/// </summary>
/// <remarks>Thread safe. Owns nothing that outlives it but what it says it writes.</remarks>
public interface IEngine : IAsyncDisposable
{
    /// <summary>For people and run records: <c>embedded</c>, <c>spark</c>.</summary>
    string Name { get; }

    /// <summary>The cluster's name for the work of this engine; null on one machine.</summary>
    string? ApplicationId { get; }

    /// <summary>How this engine's SQL spells what SQL dialects spell differently.</summary>
    SqlDialect Dialect { get; }

    /// <summary>
    /// Runs every split once, as far as anybody can tell: transient failures are retried, expired credentials are renewed, and each split
    /// is answered exactly once. Answers come as they finish, in any order. Leaving the enumeration early stops the rest.
    /// </summary>
    /// <param name="header">What the splits share.</param>
    /// <param name="splits">The tasks; their numbers must differ.</param>
    /// <param name="renewHeader">Makes a header with fresh credentials when a task says that they expired; null when there is no
    /// way.</param>
    /// <param name="rowsDone">Told how many more input rows are done, from any thread, for a progress display; an engine may
    /// estimate.</param>
    /// <param name="cancellation">Stops the tasks; the enumeration then ends with <see cref="OperationCanceledException"/> after they
    /// ended.</param>
    /// <exception cref="BatchScoringException">A task kept failing; the others were stopped first. Bad data is an answer, not an
    /// exception.</exception>
    /// <exception cref="ArgumentException">Two splits have one number.</exception>
    IAsyncEnumerable<TaskResult> RunTasksAsync(
        HeaderLine header,
        IReadOnlyList<TaskSpec> splits,
        Func<CancellationToken, Task<HeaderLine>>? renewHeader,
        Action<long>? rowsDone,
        CancellationToken cancellation);

    /// <summary>A small result as rows in memory.</summary>
    /// <exception cref="BatchScoringException">Code <c>SQL_FAILED</c> with the engine's own text, <c>SQL_MEMORY</c>, <c>SQL_IO</c>, or what
    /// the store says.</exception>
    Task<SqlResult> QueryAsync(SqlQuery query, CancellationToken cancellation);

    /// <summary>
    /// A result of any size, chunk by chunk, for jobs that keep a few bytes per row. Leaving the enumeration early ends the query.
    /// </summary>
    /// <param name="query">What to compute; its columns are read by their place.</param>
    /// <param name="cancellation">Ends the query.</param>
    /// <returns>The rows, in the query's order when it states one. A chunk is void once the next one is asked for.</returns>
    /// <exception cref="BatchScoringException">As for <see cref="QueryAsync"/>, at any chunk.</exception>
    IAsyncEnumerable<ISqlChunk> StreamAsync(SqlQuery query, CancellationToken cancellation);

    /// <summary>
    /// A result of any size as Parquet files (zstd, in the query's order when it states one), which a job then publishes.
    /// </summary>
    /// <param name="query">What to compute.</param>
    /// <param name="folder">Key prefix for the files, in the attempt's staging folder, ending in a slash; nobody else writes there.</param>
    /// <param name="cancellation">Ends the call; files that were written so far stay, for the attempt to clean.</param>
    /// <returns>The files in the order of the result's rows; empty when there are no rows.</returns>
    /// <exception cref="BatchScoringException">Code <c>SQL_FAILED</c> with the engine's own text, or what the store says.</exception>
    Task<IReadOnlyList<SqlFile>> WriteAsync(SqlQuery query, string folder, CancellationToken cancellation);
}
