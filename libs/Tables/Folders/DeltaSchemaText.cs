using System.Globalization;
using System.Text.Json;
using BatchScoring.Core;

namespace BatchScoring.Tables;

/// <summary>Reads the columns of a <c>metaData</c> action.</summary>
internal static class DeltaSchemaText
{
    private const string Mapping = "delta.columnMapping.";

    /// <param name="action">What stands behind <c>metaData</c>.</param>
    /// <param name="log">What messages call the log.</param>
    /// <exception cref="JsonException">It is of another form.</exception>
    /// <exception cref="BatchScoringException"><c>INPUT_LOG_FEATURE</c>: files of another format, or a column mapping that nobody
    /// knows.</exception>
    public static IReadOnlyList<FolderColumn> Read(JsonElement action, string log)
    {
        if (DeltaJson.Object(action, "format") is { } format && DeltaJson.Text(format, "provider") is not "parquet" and var provider)
            throw DeltaErrors.Feature(log, $"files of the format {ShownText.Of(provider)}", "only Parquet is.");
        string mode = DeltaJson.Object(action, "configuration") is { } configuration
            && configuration.TryGetProperty(Mapping + "mode", out JsonElement value) ? DeltaJson.TextOrNull(value) ?? "none" : "none";
        if (mode is not ("none" or "name" or "id")) throw DeltaErrors.Feature(log, "columnMapping", $"its mode is {ShownText.Of(mode)}.");
        HashSet<string> partitions = new(StringComparer.Ordinal);
        foreach (JsonElement name in DeltaJson.Items(action, "partitionColumns"))
            partitions.Add(DeltaJson.TextOrNull(name) ?? throw new JsonException("a partition column has no name"));
        using var schema = JsonDocument.Parse(DeltaJson.Text(action, "schemaString"));
        FolderColumn[] columns =
            [.. DeltaJson.Items(schema.RootElement, "fields").Select(field => Column(field, mode, partitions))];
        if (columns.Length == 0) throw new JsonException("the table has no columns");
        if (columns.GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new JsonException($"the column '{twice.Key}' stands twice");
        if (columns.Count(column => column.IsPartition) != partitions.Count) throw new JsonException("a partition column is no column");
        return columns;
    }

    private static FolderColumn Column(JsonElement field, string mode, HashSet<string> partitions)
    {
        string name = DeltaJson.Text(field, "name");
        if (!field.TryGetProperty("type", out JsonElement type)) throw new JsonException($"the column '{name}' has no type");
        FolderColumn column = new(name, type.ValueKind == JsonValueKind.String ? SqlOf(DeltaJson.TextOrNull(type)!) : null)
        {
            IsPartition = partitions.Contains(name),
        };
        if (mode == "none") return column;
        JsonElement metadata = DeltaJson.Object(field, "metadata") ?? throw new JsonException($"the column '{name}' is not mapped");
        return column with
        {
            InFiles = DeltaJson.Text(metadata, Mapping + "physicalName"),
            FieldId = mode == "id"
                ? DeltaJson.Number(metadata, Mapping + "id") ?? throw new JsonException($"the column '{name}' has no id")
                : null,
        };
    }

    /// <summary>Delta's type in DuckDB's words; null for one that is read as it is.</summary>
    private static string? SqlOf(string type) => type switch
    {
        "byte" => "TINYINT",
        "short" => "SMALLINT",
        "integer" => "INTEGER",
        "long" => "BIGINT",
        "float" => "FLOAT",
        "double" => "DOUBLE",
        "boolean" => "BOOLEAN",
        "string" => "VARCHAR",
        "binary" => "BLOB",
        "date" => "DATE",
        "timestamp" => "TIMESTAMP WITH TIME ZONE",
        "timestamp_ntz" => "TIMESTAMP",
        "decimal" => "DECIMAL(10,0)",
        _ when type.StartsWith("decimal(", StringComparison.Ordinal) && type.EndsWith(')') => Decimal(type[8..^1]),
        _ => null,
    };

    private static string Decimal(string digits) =>
        digits.Split(',', StringSplitOptions.TrimEntries) is [var precision, var scale]
        && int.TryParse(precision, NumberStyles.None, CultureInfo.InvariantCulture, out int all) && all is >= 1 and <= 38
        && int.TryParse(scale, NumberStyles.None, CultureInfo.InvariantCulture, out int behind) && behind <= all
            ? string.Create(CultureInfo.InvariantCulture, $"DECIMAL({all},{behind})")
            : throw new JsonException($"decimal({digits}) is no type");
}
