using System.Globalization;
using System.Text.Json;

namespace BatchScoring.Datasets;

/// <summary>
/// What an entry of ours says of the whole table, beside what readers look at: so that the next entry is made from the last one alone,
/// however long the log is.
/// </summary>
/// <param name="Dates">Which revision of which date is shown.</param>
/// <param name="MetaDataVersion">The entry that states the columns.</param>
/// <param name="Schema">Fingerprint of those columns.</param>
internal sealed record DeltaIndex(DeltaDates Dates, long MetaDataVersion, string Schema)
{
    private const string Field = "batchScoreIndex";

    /// <summary>What a commitInfo says; null where it is not ours.</summary>
    public static DeltaIndex? Read(JsonElement commitInfo) =>
        commitInfo.TryGetProperty(Field, out JsonElement index) && DeltaDates.Parse(index.GetProperty("dates").GetString()!) is { } dates
            ? new DeltaIndex(dates, index.GetProperty("metaData").GetInt64(), index.GetProperty("schema").GetString()!)
            : null;

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject(Field);
        json.WriteString("dates", Dates.ToString());
        json.WriteNumber("metaData", MetaDataVersion);
        json.WriteString("schema", Schema);
        json.WriteEndObject();
    }
}

/// <summary>The action that states the table's columns.</summary>
/// <param name="Id">The table's own, a UUID.</param>
/// <param name="Schema">Its columns.</param>
/// <param name="Created">Milliseconds since 1970 in UTC.</param>
internal sealed record DeltaMetaData(string Id, DeltaSchema Schema, long Created)
{
    /// <summary>A hundred years: neither files nor entries are ever removed by a reader's program.</summary>
    private const string Kept = "interval 36500 days";

    public static DeltaMetaData Read(JsonElement data) => new(
        data.GetProperty("id").GetString()!, DeltaSchema.Parse(data.GetProperty("schemaString").GetString()!),
        data.TryGetProperty("createdTime", out JsonElement created) && created.ValueKind == JsonValueKind.Number ? created.GetInt64() : 0);

    /// <summary>A table's id follows from the manifest that it begins with, so that two who begin at once write the same.</summary>
    public static DeltaMetaData Begin(ManifestFile manifest, DeltaSchema schema) => new(
        new Guid(Convert.FromHexString(manifest.Sha256).AsSpan(0, 16)).ToString("D", CultureInfo.InvariantCulture), schema,
        manifest.Manifest.Created.ToUnixTimeMilliseconds());

    public byte[] Line() => DeltaLines.Line("metaData", json =>
    {
        json.WriteString("id", Id);
        json.WriteString("name", "scores");
        json.WriteStartObject("format");
        json.WriteString("provider", "parquet");
        json.WriteStartObject("options");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("schemaString", Schema.Text);
        json.WriteStartArray("partitionColumns");
        foreach ((string name, _) in DeltaTypes.Partitions) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteStartObject("configuration");
        json.WriteString("delta.deletedFileRetentionDuration", Kept);
        json.WriteString("delta.logRetentionDuration", Kept);
        json.WriteEndObject();
        json.WriteNumber("createdTime", Created);
    });
}
