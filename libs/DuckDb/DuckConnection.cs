using BatchScoring.DuckDb.Native;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace BatchScoring.DuckDb;

/// <summary>A connection: its settings, temporary tables, transaction, and at most one open result.</summary>
/// <remarks>One thread at a time, except for <see cref="Interrupt"/>. The next statement ends a result that is still open.</remarks>
public sealed class DuckConnection : IDisposable
{
    internal DuckConnection(DuckDBNativeConnection handle) => Handle = handle;

    internal DuckDBNativeConnection Handle { get; }

    /// <summary>Runs one or more statements and drops their results.</summary>
    /// <exception cref="DuckDbException">A statement fails; those before it have been done.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the connection can be used again.</exception>
    public void Execute(string sql, CancellationToken cancellation = default)
    {
        using var statements = new ExtractedStatements(this, sql);
        for (int i = 0; i < statements.Count; i++)
        {
            using DuckStatement statement = statements.Prepare(i);
            statement.Execute(cancellation);
        }
    }

    /// <summary>Runs one statement; its rows are streamed as they are read.</summary>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">Values for <c>?</c> or <c>$1</c>, see <see cref="DuckStatement.Bind(int, object?)"/>.</param>
    /// <exception cref="DuckDbException">The statement fails; it may also fail later, while chunks are fetched.</exception>
    public DuckResult Query(string sql, params object?[] parameters) => Query(sql, CancellationToken.None, parameters);

    /// <inheritdoc cref="Query(string, object?[])"/>
    /// <exception cref="OperationCanceledException">Cancelled; the connection can be used again.</exception>
    public DuckResult Query(string sql, CancellationToken cancellation, params object?[] parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using DuckStatement statement = Prepare(sql);
        for (int i = 0; i < parameters.Length; i++) statement.Bind(i + 1, parameters[i]);
        return statement.Query(cancellation);
    }

    /// <summary>Prepares one statement, to be run any number of times.</summary>
    /// <exception cref="DuckDbException">The statement cannot be understood.</exception>
    /// <exception cref="ArgumentException">The text holds no statement or more than one.</exception>
    public DuckStatement Prepare(string sql)
    {
        using var statements = new ExtractedStatements(this, sql);
        if (statements.Count != 1) throw new ArgumentException($"One statement is expected, found {statements.Count}: {sql}", nameof(sql));
        return statements.Prepare(0);
    }

    /// <summary>Opens an appender, the fast way to fill a table.</summary>
    /// <param name="table">Name of a table, not quoted.</param>
    /// <param name="schema">Its schema; null is the default one.</param>
    /// <exception cref="DuckDbException">There is no such table.</exception>
    public DuckAppender CreateAppender(string table, string? schema = null) => DuckAppender.Create(this, schema, table);

    /// <summary>Makes rows of a delegate's available as <c>name()</c>, to all connections of the database, as long as it lives.</summary>
    /// <param name="name">Name of the table function.</param>
    /// <param name="columns">Name and type of the columns; plain types only (no DECIMAL, no nested ones).</param>
    /// <param name="fill">Fills the next rows and says how many they are, at most <see cref="DuckChunk.MaxRows"/>; 0 is the end.</param>
    /// <exception cref="ArgumentException">The name is in use.</exception>
    public DuckSource RegisterSource(string name, IReadOnlyList<DuckColumn> columns, Func<DuckBlock, int> fill) =>
        DuckSource.Register(this, name, columns, fill);

    /// <summary>
    /// Makes a function of a delegate's available as <c>name(argument)</c>, to all connections of the database, as long as it lives.
    /// </summary>
    /// <param name="name">Name of the function; one in use is replaced.</param>
    /// <param name="argument">Type of its argument; plain types only.</param>
    /// <param name="result">Type of its result; plain types only.</param>
    /// <param name="compute">Computes it; the same argument must give the same result within a query.</param>
    public void RegisterFunction(string name, DuckType argument, DuckType result, DuckCompute compute) =>
        DuckFunction.Register(this, name, argument, result, compute);

    /// <summary>
    /// Stops what the connection is doing, from any thread; the statement fails with <see cref="DuckDbErrorKind.Interrupt"/>.
    /// </summary>
    public void Interrupt() => Startup.DuckDBInterrupt(Handle);

    /// <summary>Closes the connection.</summary>
    public void Dispose() => Handle.Dispose();
}
