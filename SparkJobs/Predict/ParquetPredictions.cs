using BatchScoring.DuckDb;
using BatchScoring.Scoring;

namespace BatchScoring.SparkJobs.Predict;

/// <summary>Writes predictions as Parquet, streamed: DuckDB pulls block after block while it writes.</summary>
internal static class ParquetPredictions
{
    private const string SourceName = "predictions";

    public static void Write(string path, DuckColumn? key, IReadOnlyList<PredictionColumn> columns, IEnumerable<ScoredBlock> blocks,
        int memoryMiB)
    {
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1, MemoryLimitMiB = memoryMiB });
        using DuckConnection connection = database.Connect();
        using IEnumerator<ScoredBlock> rows = blocks.GetEnumerator();
        IEnumerable<DuckColumn> types = columns.Select(column => column.Type);
        if (key is not null) types = types.Prepend(key);
        DuckSource source = connection.RegisterSource(SourceName, [.. types], block =>
            rows.MoveNext() ? Fill(block, rows.Current, columns) : 0);
        source.Run(() => connection.Execute(
            $"COPY (SELECT * FROM {SourceName}()) TO {DuckSql.Literal(path)} (FORMAT parquet, COMPRESSION zstd)"));
    }

    private static int Fill(DuckBlock block, ScoredBlock predictions, IReadOnlyList<PredictionColumn> columns)
    {
        int first = predictions.Key is null ? 0 : 1;
        predictions.Key?.WriteTo(block, 0, predictions.Rows);
        for (int i = 0; i < columns.Count; i++)
            Fill(block, first + i, predictions.Values.AsSpan(i * predictions.Rows, predictions.Rows), columns[i].Labels);
        return predictions.Rows;
    }

    private static void Fill(DuckBlock block, int column, ReadOnlySpan<double> values, WrittenLabels? labels)
    {
        switch (labels?.Type)
        {
            case null:
                values.CopyTo(block.Column<double>(column));
                break;
            case DuckType.BigInt:
                Span<long> integers = block.Column<long>(column);
                for (int row = 0; row < values.Length; row++) integers[row] = labels.Integers[(int)values[row]];
                break;
            case DuckType.Double:
                Span<double> doubles = block.Column<double>(column);
                for (int row = 0; row < values.Length; row++) doubles[row] = labels.Doubles[(int)values[row]];
                break;
            default:
                for (int row = 0; row < values.Length; row++) block.SetText(column, row, labels.Utf8[(int)values[row]]);
                break;
        }
    }
}
