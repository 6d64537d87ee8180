using System.Globalization;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.Tasks;

/// <summary>
/// The rows that a task sets aside. Remembers numbers and reasons only; keys and values are read again from the input when the file is
/// written, so that they stand there exactly as delivered.
/// </summary>
internal sealed class QuarantineLog
{
    private const int Columns = 6;

    private readonly List<Entry> _entries = [];
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Rows set aside by code.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>Rows set aside.</summary>
    public long Rows => _entries.Count;

    /// <summary>Sets a row aside; every row at most once.</summary>
    /// <param name="row">Its number in the file.</param>
    /// <param name="code">One of <see cref="QuarantineCodes"/>.</param>
    /// <param name="column">The column at fault.</param>
    public void Add(long row, string code, string column)
    {
        _entries.Add(new Entry(row, code, column));
        _counts[code] = _counts.GetValueOrDefault(code) + 1;
    }

    /// <summary>Writes the file into the attempt's folder; twin tasks write the same bytes under the same key.</summary>
    /// <returns>
    /// Its key and the content hash over key, code, column and value; no key and the empty hash when no row was set aside.
    /// </returns>
    public async Task<(string? Key, ContentHash Content)> WriteAsync(
        TaskContext context, DuckConnection connection, SplitFile file, string keyColumn, CancellationToken cancellation)
    {
        if (_entries.Count == 0) return (null, default);
        FillTable(connection, cancellation);
        string path = Path.Combine(context.Scratch, "quarantine.parquet");
        PartOutput.Write(connection, Select(context, file, keyColumn), path, Columns, cancellation);
        ContentHash content = ContentHasher.OfTable(
            connection, $"(SELECT key, code, \"column\", value FROM {ParquetSql.Table(path)})", cancellation);
        string key = string.Create(CultureInfo.InvariantCulture,
            $"{context.Header.AttemptFolder}{AttemptFiles.Quarantine}split-{context.Split.Split:D5}.parquet");
        await context.Store.UploadAsync(key, path, cancellation);
        return (key, content);
    }

    private void FillTable(DuckConnection connection, CancellationToken cancellation)
    {
        connection.Execute("CREATE OR REPLACE TEMP TABLE quarantine(row_number BIGINT, code VARCHAR, \"column\" VARCHAR)", cancellation);
        using DuckAppender appender = connection.CreateAppender("quarantine");
        foreach (Entry entry in _entries) appender.Append(entry.Row).Append(entry.Code).Append(entry.Column).EndRow();
        appender.Close();
    }

    private string Select(TaskContext context, SplitFile file, string keyColumn)
    {
        string[] columns = [.. _entries.Select(entry => entry.Column).Distinct(StringComparer.Ordinal)];
        string values = string.Concat(columns.Select(column =>
            $" WHEN {DuckSql.Literal(column)} THEN CAST(i.{DuckSql.Identifier(column)} AS VARCHAR)"));
        string needed = string.Join(", ", columns.Append(keyColumn).Distinct(StringComparer.Ordinal).Select(DuckSql.Identifier));
        return $"""
            SELECT CAST(i.{DuckSql.Identifier(keyColumn)} AS VARCHAR) AS key, q.row_number, {DuckSql.Literal(context.Split.Input.File.Key)} AS file,
                q.code, q."column", CASE q."column"{values} END AS value
            FROM ({file.Select(needed + ", file_row_number")}) i JOIN quarantine q ON i.file_row_number = q.row_number
            ORDER BY q.row_number
            """;
    }

    private readonly record struct Entry(long Row, string Code, string Column);
}
