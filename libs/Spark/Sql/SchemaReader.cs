using System.Text.Json;
using BatchScoring.Spark.Py4J;

namespace BatchScoring.Spark;

/// <summary>Reads the JSON that Spark makes of a schema.</summary>
internal static class SchemaReader
{
    public static IReadOnlyList<SparkColumn> Read(string json)
    {
        try
        {
            using var schema = JsonDocument.Parse(json);
            return [.. schema.RootElement.GetProperty("fields").EnumerateArray().Select(Column)];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw SparkErrors.Protocol("a schema that cannot be read", json);
        }
    }

    private static SparkColumn Column(JsonElement field)
    {
        JsonElement type = field.GetProperty("type");
        if (type.ValueKind == JsonValueKind.Object) type = type.GetProperty("type");
        return new SparkColumn(field.GetProperty("name").GetString()!, type.GetString()!, field.GetProperty("nullable").GetBoolean());
    }
}
