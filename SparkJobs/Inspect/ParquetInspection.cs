using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Parquet;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Inspect;

/// <summary>What a Parquet file is made of, and what our own reader would leave to DuckDB.</summary>
internal static class ParquetInspection
{
    private const double MiB = 1 << 20;

    public static bool Is(string path) => path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);

    public static JobOutcome Describe(string path, bool everyColumn)
    {
        try
        {
            using var source = new FileByteSource(path);
            return ParquetFile.TryOpen(source, out Unsupported? reason) is { } file
                ? Describe(file, everyColumn)
                : JobOutcome.Ok(new JsonObject { ["unsupported"] = Json(reason!) }, $"not read by our own reader: {reason}");
        }
        catch (DamagedPageException e)
        {
            throw Unusable(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, e);
        }
    }

    private static BatchScoringException Unusable(string path, Exception e) =>
        new(TableErrors.InputCorrupt, $"{path} cannot be read: {e.Message.TrimEnd('.')}. Check the file and deliver it again.", inner: e);

    private static JobOutcome Describe(ParquetFile file, bool everyColumn)
    {
        List<string> lines =
        [
            Line($"file      {file.Rows:N0} rows, {file.RowGroups.Count:N0} row groups, {file.Columns.Count:N0} columns, written by {(file.CreatedBy.Length == 0 ? "nobody says" : file.CreatedBy)}"),
        ];
        JsonArray groups = [];
        using var memory = new ReadMemory(ReadMemory.DefaultCapBytes);
        for (int group = 0; group < file.RowGroups.Count; group++)
        {
            IReadOnlyList<ChunkSummary> chunks = ParquetInspector.Inspect(file, group, memory);
            ParquetRowGroup facts = file.RowGroups[group];
            lines.Add(Line($"group {group,-3} rows {facts.FirstRow:N0} to {facts.FirstRow + facts.Rows - 1:N0}, {chunks.Sum(chunk => chunk.Bytes) / MiB:N1} MiB of {chunks.Sum(chunk => chunk.DecodedBytes) / MiB:N1} MiB decoded, {Codecs(chunks)}"));
            lines.AddRange(chunks.Where(chunk => chunk.Unsupported is not null).GroupBy(chunk => chunk.Unsupported!.Code, StringComparer.Ordinal)
                .Select(reason => Line($"          {reason.Key}: {reason.Count():N0} column(s) not read by our own reader: {string.Join(", ", reason.Take(5).Select(chunk => chunk.Column.Name))}{(reason.Count() > 5 ? " …" : "")} ({reason.First().Unsupported!.Detail})")));
            if (everyColumn) lines.AddRange(chunks.Select(Text));
            groups.Add((JsonNode)new JsonObject
            {
                ["first_row"] = facts.FirstRow,
                ["rows"] = facts.Rows,
                ["columns"] = new JsonArray([.. chunks.Select(chunk => (JsonNode)Json(chunk))]),
            });
        }

        return JobOutcome.Ok(new JsonObject { ["rows"] = file.Rows, ["created_by"] = file.CreatedBy, ["row_groups"] = groups }, [.. lines]);
    }

    private static string Codecs(IEnumerable<ChunkSummary> chunks) =>
        string.Join(" ", chunks.Select(chunk => chunk.Codec).Where(codec => codec.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static string Text(ChunkSummary chunk) => Line(
        $"          {chunk.Column.Name} ({chunk.Column.Kind}{(chunk.Column.IsOptional ? "" : ", required")}): {string.Join(" ", chunk.Encodings.Prepend(chunk.Codec))}, {chunk.Bytes:N0} of {chunk.DecodedBytes:N0} bytes{(chunk.Unsupported is { } reason ? $"; {reason.Code}" : "")}");

    private static JsonObject Json(ChunkSummary chunk) => new()
    {
        ["name"] = chunk.Column.Name,
        ["kind"] = chunk.Column.Kind.ToString().ToLowerInvariant(),
        ["optional"] = chunk.Column.IsOptional,
        ["codec"] = chunk.Codec,
        ["encodings"] = new JsonArray([.. chunk.Encodings.Select(encoding => (JsonNode)encoding)]),
        ["bytes"] = chunk.Bytes,
        ["decoded_bytes"] = chunk.DecodedBytes,
        ["unsupported"] = chunk.Unsupported is { } reason ? Json(reason) : null,
    };

    private static JsonObject Json(Unsupported reason) => new() { ["code"] = reason.Code, ["column"] = reason.Column, ["detail"] = reason.Detail };

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
