using BatchScoring.DuckDb;

namespace BatchScoring.SparkJobs.Import;

/// <summary>
/// Rows of the source that cannot be imported, each with the first reason found: no key, a key seen before, a number that is none.
/// </summary>
internal sealed class BadRows
{
    private const string Table = "bad_rows";
    private readonly DuckConnection _duck;

    private BadRows(DuckConnection duck) => _duck = duck;

    public IReadOnlyDictionary<string, long> Counts { get; private init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    public long Total => Counts.Values.Sum();

    /// <summary>SQL condition for rows to keep.</summary>
    public string Keeps(SourceFile file) => Total == 0
        ? "true"
        : $"{SourceTable.Row} NOT IN (SELECT row FROM {Table} WHERE file = {DuckSql.Literal(file.Path)})";

    public static BadRows Find(SourceTable source, IReadOnlyList<ImportColumn> columns, CancellationToken cancellation)
    {
        string key = DuckSql.Identifier(columns.Single(column => column.Column.Role == Core.ColumnRole.Key).Column.Name);
        string files = DuckSql.Literals(source.Files.Select(file => file.Path));
        DuckConnection duck = source.Duck;
        duck.Execute($"CREATE TEMP TABLE {Table}(file VARCHAR, row BIGINT, code VARCHAR, \"column\" VARCHAR, value VARCHAR)");
        Insert("MISSING_KEY", key, $"{key} IS NULL OR CAST({key} AS VARCHAR) = ''");
        duck.Execute(
            $"""
             INSERT INTO {Table} SELECT {SourceTable.Origin}, {SourceTable.Row}, 'DUPLICATE_KEY', {DuckSql.Literal(Unquoted(key))}, CAST({key} AS VARCHAR)
             FROM {source.All()} WHERE {key} IS NOT NULL AND CAST({key} AS VARCHAR) <> ''
             QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY list_position({files}, {SourceTable.Origin}), {SourceTable.Row}) > 1
             """, cancellation);
        foreach (ImportColumn[] some in columns.Where(column => column.Unreadable is not null).Chunk(100))
            InsertUnreadable(source, some, cancellation);
        using DuckResult counts = duck.Query($"SELECT code, count(*) FROM {Table} GROUP BY code ORDER BY code");
        return new BadRows(duck)
        {
            Counts = counts.Rows().ToDictionary(row => (string)row[0]!, row => (long)row[1]!, StringComparer.Ordinal),
        };

        void Insert(string code, string column, string condition) => duck.Execute(
            $"INSERT INTO {Table} SELECT {SourceTable.Origin}, {SourceTable.Row}, {DuckSql.Literal(code)}, {DuckSql.Literal(Unquoted(column))}, " +
            $"CAST({column} AS VARCHAR) FROM {source.All()} WHERE {condition}", cancellation);
    }

    /// <summary>Leaves the rows as a file for the attempt's folder.</summary>
    public void WriteTo(string path) => _duck.Execute(
        $"COPY (SELECT * FROM {Table} ORDER BY file, row) TO {DuckSql.Literal(path)} (FORMAT PARQUET, COMPRESSION ZSTD)");

    private static void InsertUnreadable(SourceTable source, IReadOnlyList<ImportColumn> columns, CancellationToken cancellation)
    {
        IEnumerable<string> cases = columns.Select(column => $"CASE WHEN {column.Unreadable} THEN struct_pack(c := " +
            $"{DuckSql.Literal(column.Column.Name)}, v := CAST({DuckSql.Identifier(column.Column.Name)} AS VARCHAR)) END");
        source.Duck.Execute(
            $"""
             INSERT INTO {Table} SELECT {SourceTable.Origin}, {SourceTable.Row}, 'UNREADABLE_NUMBER', bad.c, bad.v FROM (
                 SELECT {SourceTable.Origin}, {SourceTable.Row}, coalesce({string.Join(", ", cases)}) AS bad FROM {source.All()}) AS found
             WHERE bad IS NOT NULL AND ({SourceTable.Origin}, {SourceTable.Row}) NOT IN (SELECT (file, row) FROM {Table})
             """, cancellation);
    }

    private static string Unquoted(string identifier) => identifier[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal);
}
