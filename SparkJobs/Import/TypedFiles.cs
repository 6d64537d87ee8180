using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Datasets;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Import;

/// <summary>The source's good rows as local Parquet files of one split each, typed, in the source's order.</summary>
internal static class TypedFiles
{
    /// <summary>One split's rows: what a task reads at once.</summary>
    public const int RowsPerFile = 100_000;

    /// <param name="store">The store of the run; the files lie beside it, named by their absolute paths.</param>
    /// <param name="source">Where the rows come from.</param>
    /// <param name="columns">What every column becomes.</param>
    /// <param name="bad">The rows to leave out.</param>
    /// <param name="picks">SQL condition for the wanted rows of a file from a row number to before another; null for all rows.</param>
    /// <param name="folder">An empty local folder.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static async Task<IReadOnlyList<SplitInput>> WriteAsync(
        IObjectStore store, SourceTable source, IReadOnlyList<ImportColumn> columns, BadRows bad, Func<SourceFile, long, long, string>? picks,
        string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        string list = string.Join(", ", columns.Select(column => $"{column.Expression} AS {DuckSql.Identifier(column.Column.Name)}"));
        var splits = new List<SplitInput>();
        // Several threads were seen to write later rows before earlier ones; the order of the source is a promise.
        source.Duck.Execute("SET threads = 1", cancellation);
        foreach (SourceFile file in source.Files)
        {
            for (long first = 0; first < file.Rows; first += RowsPerFile)
            {
                string target = Path.Combine(folder, $"typed-{file.Index:00000}-{first:0000000000}.parquet");
                long end = first + RowsPerFile;
                using DuckResult copied = source.Duck.Query(
                    $"""
                     COPY (SELECT {list} FROM {SourceTable.Of(file)}
                       WHERE {SourceTable.Row} >= {first} AND {SourceTable.Row} < {end} AND {bad.Keeps(file)} AND {picks?.Invoke(file, first, end) ?? "true"})
                     TO {DuckSql.Literal(target)} (FORMAT PARQUET, COMPRESSION ZSTD, ROW_GROUP_SIZE 20480)
                     """, cancellation);
                long rows = copied.Scalar<long>();
                if (rows > 0) splits.Add(new SplitInput { File = await InputFiles.DescribeAsync(store, target, cancellation), FirstRow = 0, Rows = rows });
            }
        }

        return splits;
    }
}
