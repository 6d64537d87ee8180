using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Import;

/// <summary>
/// Rows of the source that cannot be imported, each with the first reason found: no key, a key seen before, a number that is none. Only the
/// key and columns with such numbers are read.
/// </summary>
internal sealed class BadRows
{
    /// <summary>The rows that are bad: file, row and why.</summary>
    public const string Table = "bad_rows";

    /// <summary>File, row and key of all rows.</summary>
    public const string Keys = "keys";

    private readonly DuckConnection _duck;

    private BadRows(DuckConnection duck) => _duck = duck;

    public IReadOnlyDictionary<string, long> Counts { get; private init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    public long Total => Counts.Values.Sum();

    /// <param name="source">Where the rows come from.</param>
    /// <param name="key">The key column.</param>
    /// <param name="columns">All columns.</param>
    /// <param name="rowsRead">Is told of rows.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static BadRows Find(
        SourceTable source, ImportColumn key, IReadOnlyList<ImportColumn> columns, Action<long> rowsRead, CancellationToken cancellation)
    {
        DuckConnection duck = source.Duck;
        string name = DuckSql.Literal(key.Column.Name);
        duck.Execute($"CREATE TEMP TABLE {Table}(file INTEGER, row BIGINT, code VARCHAR, \"column\" VARCHAR, value VARCHAR)");
        duck.Execute($"CREATE TEMP TABLE {Keys}(file INTEGER, row BIGINT, key {key.Column.Type})");
        foreach (SourceFile file in source.Files)
        {
            duck.Execute($"INSERT INTO {Keys} SELECT {file.Index}, {SourceNames.Row}, {key.Expression} FROM {SourceTable.Of(file)}",
                cancellation);
            rowsRead(file.Rows);
        }

        duck.Execute($"INSERT INTO {Table} SELECT file, row, '{QuarantineCodes.MissingKey}', {name}, NULL FROM {Keys} WHERE key IS NULL",
            cancellation);
        duck.Execute(
            $"""
             INSERT INTO {Table} SELECT file, row, '{QuarantineCodes.DuplicateKey}', {name}, CAST(key AS VARCHAR) FROM {Keys}
             WHERE key IN (SELECT key FROM {Keys} WHERE key IS NOT NULL GROUP BY key HAVING count(*) > 1)
             QUALIFY row_number() OVER (PARTITION BY key ORDER BY file, row) > 1
             """, cancellation);
        if (source.IsText)
        {
            duck.Execute($"INSERT INTO {Table} SELECT file, row, '{QuarantineCodes.UnreadableNumber}', \"column\", value " +
                $"FROM {CsvTables.Unreadable} WHERE (file, row) NOT IN (SELECT (file, row) FROM {Table})", cancellation);
        }

        foreach (ImportColumn[] some in columns.Where(column => column.HoldsText).Chunk(100))
            foreach (SourceFile file in source.Files) InsertUnreadable(duck, file, some, cancellation);
        using DuckResult counts = duck.Query($"SELECT code, count(*) FROM {Table} GROUP BY code ORDER BY code");
        return new BadRows(duck)
        {
            Counts = counts.Rows().ToDictionary(row => (string)row[0]!, row => (long)row[1]!, StringComparer.Ordinal),
        };
    }

    /// <summary>Leaves the rows as a file for the attempt's folder.</summary>
    public void WriteTo(SourceTable source, string path) => _duck.Execute(
        $"COPY (SELECT {DuckSql.Literals(source.Files.Select(file => file.Shown))}[file + 1] AS file, row, code, \"column\", value FROM " +
        $"{Table} AS bad ORDER BY bad.file, row) TO {DuckSql.Literal(path)} (FORMAT PARQUET, COMPRESSION ZSTD)");

    private static void InsertUnreadable(DuckConnection duck, SourceFile file, IReadOnlyList<ImportColumn> columns,
        CancellationToken cancellation)
    {
        IEnumerable<string> cases = columns.Select(column => column.Column.Name).Select(name => (name, sql: DuckSql.Identifier(name)))
            .Select(column =>
            $"CASE WHEN number_kind({column.sql}) = {(int)TextKind.Text} THEN struct_pack(c := {DuckSql.Literal(column.name)}, v := " +
            $"{column.sql}) END");
        duck.Execute(
            $"""
             INSERT INTO {Table} SELECT {file.Index}, row, '{QuarantineCodes.UnreadableNumber}', bad.c, bad.v
             FROM (SELECT {SourceNames.Row} AS row, coalesce({string.Join(", ", cases)}) AS bad FROM {SourceTable.Of(file)}) AS found
             WHERE bad IS NOT NULL AND row NOT IN (SELECT row FROM {Table} WHERE file = {file.Index})
             """, cancellation);
    }
}
