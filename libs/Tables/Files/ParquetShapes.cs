using System.Globalization;
using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>
/// Reads footers. Only DuckDB says what a column's type is called, but it takes longer over a wide footer than the scoring of 5,000 rows:
/// while files with the same schema follow one another, as those of a table do, it is asked for the first one alone.
/// </summary>
/// <remarks>Thread safe.</remarks>
public sealed class ParquetShapes
{
    private volatile Known? _last;

    /// <summary>Reads a file's footer.</summary>
    /// <param name="connection">Asked where the schema is new, or where our own reader does not read the footer.</param>
    /// <param name="path">A local file.</param>
    /// <param name="shown">What messages call it.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="DuckDbException">The file cannot be read.</exception>
    /// <exception cref="Core.BatchScoringException"><c>INPUT_COLUMN_NAMES</c>: columns that SQL cannot tell apart.</exception>
    public ParquetShape Read(DuckConnection connection, string path, string shown, CancellationToken cancellation)
    {
        if (ParquetFooters.Read(path) is not { } file)
            return new ParquetShape(Columns(connection, path, cancellation), RowGroups(connection, path, cancellation));
        ParquetFooters.RequireNamesForSql(file, shown);
        if (_last is not { } known || !known.Schema.Span.SequenceEqual(file.Schema.Span))
            _last = known = new Known(file.Schema.ToArray(), Columns(connection, path, cancellation));
        return new ParquetShape(known.Columns, [.. file.RowGroups.Select(group => group.Rows)]);
    }

    private static IReadOnlyList<DuckColumn> Columns(DuckConnection connection, string path, CancellationToken cancellation)
    {
        using DuckResult schema = connection.Query($"SELECT * FROM {ParquetSql.Table(path)} LIMIT 0", cancellation);
        return schema.Columns;
    }

    /// <summary>Rows of each row group, as DuckDB reads them.</summary>
    /// <exception cref="DuckDbException">The file cannot be read.</exception>
    public static IReadOnlyList<long> RowGroups(DuckConnection connection, string path, CancellationToken cancellation)
    {
        using DuckResult groups = connection.Query(
            $"SELECT row_group_id, any_value(row_group_num_rows) FROM parquet_metadata({DuckSql.File(path)}) GROUP BY 1 ORDER BY 1",
                cancellation);
        return [.. groups.Rows().Select(row => Convert.ToInt64(row[1], CultureInfo.InvariantCulture))];
    }

    private sealed record Known(ReadOnlyMemory<byte> Schema, IReadOnlyList<DuckColumn> Columns);
}
