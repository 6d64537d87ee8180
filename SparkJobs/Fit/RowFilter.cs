using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Fit;

/// <summary>A condition in SQL that rows must meet.</summary>
/// <param name="option">The option that gave it.</param>
/// <param name="sql">The condition.</param>
/// <param name="delimiter">Of text inputs.</param>
internal sealed class RowFilter(string option, string sql, char? delimiter)
{
    /// <summary>Which rows of a file meet it, in their order.</summary>
    public bool[] Of(LazyDatabase database, FitFile file, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        using DuckConnection connection = database.Value.Connect();
        List<bool> kept = [];
        try
        {
            using DuckResult result = connection.Query($"SELECT COALESCE(CAST(({sql}) AS BOOLEAN), false) FROM {Table(file, names)}", cancellation);
            while (result.NextChunk() is { } chunk)
                foreach (byte meets in chunk.Values<byte>(0)) kept.Add(meets != 0);
        }
        catch (DuckDbException e) when (e.Kind is not (DuckDbErrorKind.Memory or DuckDbErrorKind.Disk))
        {
            throw FitErrors.Filter(option, sql, e.Reason);
        }

        return [.. kept];
    }

    private string Table(FitFile file, IReadOnlyList<string> names)
    {
        if (!file.IsText) return ParquetSql.NumberedView(file.File.Path, names, file.File.Columns);
        string path = file.File.Path;
        char between = delimiter ?? (path.Contains(".tsv", StringComparison.OrdinalIgnoreCase) ? '\t' : ',');
        return $"read_csv({DuckSql.File(path)}, header = true, delim = {DuckSql.Literal(between.ToString())}, quote = '\"', escape = '\"', "
            + "sample_size = -1, null_padding = false)";
    }
}
