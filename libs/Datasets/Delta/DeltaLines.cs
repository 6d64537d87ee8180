using System.Globalization;
using System.Text.Json;
using BatchScoring.Core;

namespace BatchScoring.Datasets;

/// <summary>
/// The actions of a log, one JSON object a line, with every field that some reader requires. Of statistics there is the number of rows
/// alone: bounds that are rounded inwards make rows vanish.
/// </summary>
internal static class DeltaLines
{
    /// <summary>Programs that do not know this feature read the table and must not write into it.</summary>
    private const string WriterFeature = "batchScoreManifest";

    public static byte[] Protocol() => Line("protocol", json =>
    {
        json.WriteNumber("minReaderVersion", 1);
        json.WriteNumber("minWriterVersion", 7);
        json.WriteStartArray("writerFeatures");
        json.WriteStringValue(WriterFeature);
        json.WriteEndArray();
    });

    public static byte[] Remove(DeltaFile file, long at) => Line("remove", json =>
    {
        json.WriteString("path", DeltaNames.Encode(file.Path));
        json.WriteNumber("deletionTimestamp", at);
        json.WriteBoolean("dataChange", true);
        json.WriteBoolean("extendedFileMetadata", true);
        Partitions(json, file);
        json.WriteNumber("size", file.Size);
    });

    public static byte[] Add(DeltaFile file, long at) => Line("add", json =>
    {
        json.WriteString("path", DeltaNames.Encode(file.Path));
        Partitions(json, file);
        json.WriteNumber("size", file.Size);
        json.WriteNumber("modificationTime", at);
        json.WriteBoolean("dataChange", true);
        json.WriteString("stats", string.Create(CultureInfo.InvariantCulture, $"{{\"numRecords\":{file.Rows}}}"));
        json.WriteStartObject("tags");
        json.WriteString("sha256", file.Sha256);
        json.WriteEndObject();
    });

    public static byte[] Transaction((string Application, long Version) transaction, long at) => Line("txn", json =>
    {
        json.WriteString("appId", transaction.Application);
        json.WriteNumber("version", transaction.Version);
        json.WriteNumber("lastUpdated", at);
    });

    public static byte[] CommitInfo(ManifestFile manifest, long at, DeltaIndex index) => Line("commitInfo", json =>
    {
        Manifest made = manifest.Manifest;
        json.WriteNumber("timestamp", at);
        json.WriteString("operation", "WRITE");
        json.WriteStartObject("operationParameters");
        foreach ((string name, _) in DeltaTypes.Partitions) json.WriteString(name, new DeltaFile(made.Folder, 0, null, null).Partition(name));
        json.WriteEndObject();
        json.WriteString("engineInfo", made.Program);
        json.WriteString("manifestSha256", manifest.Sha256);
        json.WriteString("content", made.Content.ToString());
        index.Write(json);
    });

    /// <summary>One action as a line without its end.</summary>
    public static byte[] Line(string action, Action<Utf8JsonWriter> fields)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, DeltaSchema.Writing))
        {
            json.WriteStartObject();
            json.WriteStartObject(action);
            fields(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Partitions(Utf8JsonWriter json, DeltaFile file)
    {
        json.WriteStartObject("partitionValues");
        foreach ((string name, _) in DeltaTypes.Partitions) json.WriteString(name, file.Partition(name));
        json.WriteEndObject();
    }
}
