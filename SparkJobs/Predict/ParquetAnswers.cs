using BatchScoring.DuckDb;

namespace BatchScoring.SparkJobs.Predict;

/// <summary>Writes answers as Parquet, streamed: DuckDB pulls block after block while it writes.</summary>
internal static class ParquetAnswers
{
    private const string SourceName = "answers";

    public static void Write(string path, DuckColumn? key, IReadOnlyList<AnswerColumn> columns, IEnumerable<ScoredBlock> blocks,
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

    private static int Fill(DuckBlock block, ScoredBlock answers, IReadOnlyList<AnswerColumn> columns)
    {
        int first = answers.Key is null ? 0 : 1;
        answers.Key?.WriteTo(block, 0, answers.Rows);
        for (int i = 0; i < columns.Count; i++)
            Fill(block, first + i, answers.Values.AsSpan(i * answers.Rows, answers.Rows), columns[i].Labels);
        return answers.Rows;
    }

    private static void Fill(DuckBlock block, int column, ReadOnlySpan<double> values, AnswerLabels? labels)
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
