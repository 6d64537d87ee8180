using System.Globalization;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Import;

/// <summary>
/// The rows that <c>--test-where</c> picks. The condition is evaluated once per row and the answer kept: asked again for the other set, a
/// condition like <c>random() &lt; 0.5</c> would put rows into both sets and others into none.
/// </summary>
internal sealed class TestRows
{
    private readonly SourceTable _source;
    private readonly string _where;
    private readonly string _typed;
    private string _folder = "";

    private TestRows(SourceTable source, string where, string typed) => (_source, _where, _typed) = (source, where, typed);

    /// <summary>Asks DuckDB whether it understands the condition, before any row is read.</summary>
    public static TestRows Understand(SourceTable source, IReadOnlyList<ImportColumn> columns, string where, CancellationToken cancellation)
    {
        var rows = new TestRows(source, where, string.Join(", ", columns.Select(column => $"{column.Expression} AS {DuckSql.Identifier(column.Column.Name)}")));
        cancellation.ThrowIfCancellationRequested();
        rows.Ask(() => source.Duck.Prepare($"SELECT {SourceTable.Row} FROM {rows.Typed(source.All(), "true")} LIMIT 0").Dispose());
        return rows;
    }

    /// <summary>Evaluates the condition over the rows that are kept.</summary>
    /// <param name="bad">The rows that are not.</param>
    /// <param name="folder">An existing local folder for the answers.</param>
    /// <param name="cancellation">Ends the work.</param>
    public void Decide(BadRows bad, string folder, CancellationToken cancellation)
    {
        _folder = folder;
        foreach (SourceFile file in _source.Files)
        {
            Ask(() => _source.Duck.Execute(
                $"COPY (SELECT {SourceTable.Row} AS row FROM {Typed(SourceTable.Of(file), bad.Keeps(file))}) " +
                $"TO {DuckSql.Literal(Answers(file))} (FORMAT PARQUET, COMPRESSION ZSTD)", cancellation));
        }
    }

    /// <summary>SQL condition for rows of a file from <paramref name="first"/> to before <paramref name="end"/> that belong to test/, or to train/.</summary>
    public string Picks(SourceFile file, long first, long end, bool test) =>
        $"{SourceTable.Row} {(test ? "" : "NOT ")}IN (SELECT row FROM read_parquet({DuckSql.File(Answers(file))}) WHERE row >= {first} AND row < {end})";

    private string Answers(SourceFile file) => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"test-rows-{file.Index:00000}.parquet"));

    /// <summary>The line break ends a comment that the condition may end in.</summary>
    private string Typed(string table, string kept) =>
        $"(SELECT {_typed}, {SourceTable.Row} FROM {table} WHERE {kept}) AS typed WHERE ({_where}\n)";

    private void Ask(Action ask)
    {
        try
        {
            ask();
        }
        catch (DuckDbException e) when (!DuckFailure.BlamesMachine(e))
        {
            throw new BatchScoringException(HostErrors.OptionInvalid,
                $"--test-where \"{_where}\" cannot be evaluated: {e.Reason} It must be one SQL condition over the table's columns, " +
                $"such as {DuckSql.Identifier(_source.Columns[0].Name)} IS NOT NULL.", inner: e);
        }
    }
}
