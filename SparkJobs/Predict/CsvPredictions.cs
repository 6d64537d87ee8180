using System.Text;
using BatchScoring.Scoring;
using BatchScoring.Tables.Csv;

namespace BatchScoring.SparkJobs.Predict;

/// <summary>Writes predictions as CSV.</summary>
internal static class CsvPredictions
{
    public static void Write(
        Stream stream, byte delimiter, string? key, IReadOnlyList<PredictionColumn> columns, IEnumerable<ScoredBlock> blocks)
    {
        var writer = new CsvWriter(stream, delimiter);
        if (key is not null) writer.Text(Encoding.UTF8.GetBytes(key));
        foreach (PredictionColumn column in columns) writer.Text(Encoding.UTF8.GetBytes(column.Name));
        writer.EndRow();
        foreach (ScoredBlock block in blocks)
        {
            for (int row = 0; row < block.Rows; row++) Row(writer, block, row, columns);
        }

        writer.Flush();
    }

    private static void Row(CsvWriter writer, ScoredBlock block, int row, IReadOnlyList<PredictionColumn> columns)
    {
        if (block.Key is { } key)
        {
            if (key.IsNull(row)) writer.Missing();
            else writer.Text(key.Text(row));
        }

        for (int i = 0; i < columns.Count; i++)
        {
            double value = block.Values[(i * block.Rows) + row];
            if (columns[i].Labels is { } labels) writer.Text(labels.Utf8[(int)value]);
            else writer.Number(value);
        }

        writer.EndRow();
    }
}
