using System.Globalization;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Tasks;

namespace BatchScoring.SparkJobs.Runs;

/// <summary>What a file's footer says: columns, and rows per row group.</summary>
internal sealed record ParquetFooter(InputFile File, string LocalPath, IReadOnlyList<DatasetColumn> Columns, IReadOnlyList<long> RowGroups)
{
    public static ParquetFooter Read(DuckConnection duck, InputFile file, string path, CancellationToken cancellation)
    {
        try
        {
            using DuckResult shape = duck.Query($"SELECT * FROM {ParquetSql.Table(path)} LIMIT 0", cancellation);
            DatasetColumn[] columns = [.. shape.Columns.Select(column => new DatasetColumn(column.Name, column.SqlType))];
            using DuckResult groups = duck.Query(
                $"SELECT row_group_id, any_value(row_group_num_rows) FROM parquet_metadata({DuckSql.Literal(path)}) GROUP BY 1 ORDER BY 1", cancellation);
            return new ParquetFooter(file, path, columns, [.. groups.Rows().Select(row => Convert.ToInt64(row[1], CultureInfo.InvariantCulture))]);
        }
        catch (DuckDbException e) when (!DuckFailure.BlamesMachine(e))
        {
            throw new BatchScoringException("INPUT_CORRUPT", ExitCode.InputUnusable,
                $"{file.Key} cannot be read: {e.Reason} Deliver the file again.", inner: e);
        }
    }
}
