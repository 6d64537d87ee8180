using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Hosting;

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

    private TestRows(SourceTable source, string where, string typed) => (_source, _where, _typed) = (source, where, typed);

    /// <summary>Asks DuckDB whether it understands the condition, before any row is read.</summary>
    public static TestRows Understand(SourceTable source, IReadOnlyList<ImportColumn> columns, string where, CancellationToken cancellation)
    {
        var rows = new TestRows(source, where,
            string.Join(", ", columns.Select(column => $"{column.Expression} AS {DuckSql.Identifier(column.Column.Name)}")));
        cancellation.ThrowIfCancellationRequested();
        rows.Ask(() => source.Duck.Prepare(rows.Select(source.Files[0], "true")).Dispose());
        return rows;
    }

    /// <summary>Evaluates the condition over a file's good rows.</summary>
    /// <param name="file">The file.</param>
    /// <param name="found">Is given the number of every row for which it holds.</param>
    /// <param name="cancellation">Ends the work.</param>
    public void Find(SourceFile file, Action<long> found, CancellationToken cancellation) => Ask(() =>
    {
        using DuckResult result = _source.Duck.Query(
            Select(file, $"{SourceNames.Row} NOT IN (SELECT row FROM {BadRows.Table} WHERE file = {file.Index})"), cancellation);
        while (result.NextChunk() is { } chunk)
            foreach (long row in chunk.Values<long>(0)) found(row);
    });

    /// <summary>The line break ends a comment that the condition may end in.</summary>
    private string Select(SourceFile file, string kept) =>
        $"SELECT {SourceNames.Row} FROM (SELECT {_typed}, {SourceNames.Row} FROM {SourceTable.Of(file)} " +
        $"WHERE {kept}) AS typed WHERE ({_where}\n)";

    private void Ask(Action ask)
    {
        try
        {
            ask();
        }
        catch (DuckDbException e) when (!e.BlamesMachine)
        {
            throw new BatchScoringException(HostErrors.OptionInvalid,
                $"--test-where \"{_where}\" cannot be evaluated: {e.Reason} It must be one SQL condition over the table's columns, " +
                $"such as {DuckSql.Identifier(_source.Columns[0].Name)} IS NOT NULL.", inner: e);
        }
    }
}
