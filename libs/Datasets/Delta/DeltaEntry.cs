using System.Text;
using System.Text.Json;
using BatchScoring.Core;

namespace BatchScoring.Datasets;

/// <summary>One entry of the log: what it says about files, and what we know of the table after it.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Adds">Files that belong to the table from here on.</param>
/// <param name="Removes">Files that no longer do.</param>
internal sealed record DeltaEntry(long Version, IReadOnlyList<DeltaFile> Adds, IReadOnlyList<DeltaFile> Removes)
{
    /// <summary>Set where the entry states the table's columns.</summary>
    public DeltaMetaData? MetaData { get; init; }

    /// <summary>What we wrote of the whole table; null in an entry of somebody else.</summary>
    public DeltaIndex? Index { get; init; }

    /// <summary>The date and revision that it brought; null in an entry of somebody else.</summary>
    public (string Application, long Version)? Transaction { get; init; }

    /// <summary>Reads an entry.</summary>
    /// <exception cref="JsonException">It is torn, or no entry.</exception>
    public static DeltaEntry Parse(long version, byte[] bytes)
    {
        if (bytes.Length == 0) throw new JsonException("it is empty");
        List<DeltaFile> adds = [], removes = [];
        DeltaEntry entry = new(version, adds, removes);
        foreach (string line in Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            using var document = JsonDocument.Parse(line);
            JsonElement action = document.RootElement;
            if (action.TryGetProperty("add", out JsonElement add)) adds.Add(DeltaFile.Read(add));
            if (action.TryGetProperty("remove", out JsonElement remove)) removes.Add(DeltaFile.Read(remove));
            if (action.TryGetProperty("metaData", out JsonElement data)) entry = entry with { MetaData = DeltaMetaData.Read(data) };
            if (action.TryGetProperty("txn", out JsonElement txn))
                entry = entry with { Transaction = (txn.GetProperty("appId").GetString()!, txn.GetProperty("version").GetInt64()) };
            if (action.TryGetProperty("commitInfo", out JsonElement info)) entry = entry with { Index = DeltaIndex.Read(info) };
        }

        return entry;
    }

    /// <summary>The entry that a sealed revision brings.</summary>
    public byte[] ToBytes(ManifestFile manifest)
    {
        Manifest made = manifest.Manifest;
        long created = made.Created.ToUnixTimeMilliseconds();
        List<byte[]> lines = [];
        if (Version == 0) lines.Add(DeltaLines.Protocol());
        if (MetaData is { } data) lines.Add(data.Line());
        lines.AddRange(Removes.Select(file => DeltaLines.Remove(file, created)));
        lines.AddRange(Adds.Select(file => DeltaLines.Add(file, created)));
        lines.Add(DeltaLines.Transaction(Transaction!.Value, created));
        lines.Add(DeltaLines.CommitInfo(manifest, created, Index!));
        return [.. lines.SelectMany(line => (IEnumerable<byte>)[.. line, (byte)'\n'])];
    }
}

/// <summary>A data file as the log names it.</summary>
/// <param name="Path">Relative to the table's folder.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Rows">How many; null where the log does not say.</param>
/// <param name="Sha256">Of its bytes; null in an entry of somebody else.</param>
internal sealed record DeltaFile(string Path, long Size, long? Rows, string? Sha256)
{
    /// <summary>The value of a partition column, out of the path.</summary>
    public string Partition(string name) =>
        Path.Split('/').FirstOrDefault(step => step.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..] ?? "";

    public static DeltaFile Read(JsonElement action) => new(
        DeltaNames.Decode(action.GetProperty("path").GetString()!),
        action.TryGetProperty("size", out JsonElement size) && size.ValueKind == JsonValueKind.Number ? size.GetInt64() : -1, null, null);
}
