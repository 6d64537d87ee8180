using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using BatchScoring.Core;

namespace BatchScoring.Tests.Docs;

/// <summary>s3-layout/manifest.schema.json is made from Core's own JSON metadata.</summary>
public sealed class ManifestSchemaTests
{
    private static readonly XmlDocs Docs = new(typeof(Manifest).Assembly);
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void ManifestSchema_SaysWhatCoreSays()
    {
        var schema = (JsonObject)CoreJson.Default.Options.GetJsonSchemaAsNode(typeof(Manifest), new()
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Describe,
        });
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "_manifest.json");
        Generated.ShouldBeUpToDate(schema.ToJsonString(Indented) + "\n", "s3-layout", "manifest.schema.json");
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        if (context.TypeInfo.Type == typeof(ContentHash))
            node = new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9a-f]{32}:[0-9]+$" };
        if (context.PropertyInfo is not { } property) return node;
        JsonObject schema = node as JsonObject ?? []; // "true", any JSON, has no place for words
        PropertyInfo member = property.DeclaringType.GetProperties()
            .Single(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name) == property.Name);
        schema.Insert(0, "description", Docs.Of(member.DeclaringType!, member.Name));
        return schema;
    }
}
