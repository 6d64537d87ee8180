using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Unicode;
using BatchScoring.Core;

namespace BatchScoring.Tables;

/// <summary>A table's state, made by playing its log from a checkpoint or from the first entry on.</summary>
/// <param name="log">What messages call the log.</param>
internal sealed class DeltaReplay(string log)
{
    private readonly Dictionary<(string Path, string? Deletions), LoggedFile> _files = [];
    private readonly HashSet<string> _entries = new(StringComparer.Ordinal);
    private bool _fromCheckpoint;

    /// <summary>The last protocol.</summary>
    public JsonElement? Protocol { get; private set; }

    /// <summary>The last description of the table.</summary>
    public JsonElement? MetaData { get; private set; }

    /// <summary>The files of the version.</summary>
    public IReadOnlyCollection<LoggedFile> Files => _files.Values;

    /// <summary>Plays an entry: what it removes first, then what it adds.</summary>
    /// <param name="version">Its number.</param>
    /// <param name="file">What messages call it.</param>
    /// <param name="bytes">Its content.</param>
    /// <exception cref="BatchScoringException"><c>INPUT_LOG_DAMAGED</c>, <c>INPUT_LOG_PATH</c>, <c>INPUT_LOG_FEATURE</c>.</exception>
    public void Entry(long version, string file, byte[] bytes)
    {
        if (bytes.Length == 0) throw DeltaErrors.Damaged(file, "the entry has no bytes: somebody's change was lost.");
        try
        {
            List<LoggedFile> adds = [], removes = [];
            bool changes = false;
            foreach (JsonElement line in Lines(bytes))
            {
                changes |= Take(line, adds, removes);
                // Who wrote it says which version it was made from: an earlier one.
                if (DeltaJson.Object(line, "commitInfo") is { } info && info.TryGetProperty("readVersion", out JsonElement read)
                    && read.ValueKind == JsonValueKind.Number && read.TryGetInt64(out long from) && from >= version)
                    throw DeltaErrors.Damaged(file, "the entry was made from a later version: entries are out of order.");
            }

            if (version == 0 && (Protocol is null || MetaData is null))
                throw DeltaErrors.Damaged(file, "the first entry does not say what the table is: entries are out of order.");
            // No two changes are the same to the byte: times and names are in them.
            if (changes && !_entries.Add(Convert.ToHexStringLower(SHA256.HashData(bytes))))
                throw DeltaErrors.Damaged(file, "the entry is a copy of an earlier one.");
            Apply(file, adds, removes);
        }
        catch (JsonException e)
        {
            throw DeltaErrors.Damaged(file, $"the entry cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }

    private void Apply(string file, List<LoggedFile> adds, List<LoggedFile> removes)
    {
        foreach (LoggedFile gone in removes)
        {
            if (_files.Remove(gone.Id)) continue;
            throw DeltaErrors.Damaged(file, $"it removes {ShownText.Of(gone.Path)}, which is no file of the table: an entry before it is "
                + "missing or out of order.");
        }

        // After a checkpoint, of which the entries are not read, an entry that brings only what is there is one of them.
        if (_fromCheckpoint && adds.Count > 0 && removes.Count == 0 && adds.All(added => added.ChangesData && _files.ContainsKey(added.Id)))
            throw DeltaErrors.Damaged(file, "all that it adds is in the table before it: entries are out of order.");
        foreach (LoggedFile added in adds) _files[added.Id] = added;
    }

    /// <summary>Takes a row of a checkpoint: one action.</summary>
    /// <exception cref="JsonException">It is of another form.</exception>
    public void Checkpoint(JsonElement action)
    {
        _fromCheckpoint = true;
        List<LoggedFile> adds = [];
        Take(action, adds, removes: null);
        foreach (LoggedFile added in adds) _files[added.Id] = added;
    }

    /// <summary>The lines of an entry.</summary>
    public static IEnumerable<JsonElement> Lines(byte[] bytes)
    {
        if (!Utf8.IsValid(bytes)) throw new JsonException("it is not UTF-8");
        for (int start = 0; start < bytes.Length;)
        {
            int length = bytes.AsSpan(start).IndexOf((byte)'\n');
            if (length < 0) length = bytes.Length - start;
            ReadOnlyMemory<byte> line = bytes.AsMemory(start, length);
            start += length + 1;
            if (line.Span.IndexOfAnyExcept(" \t\r"u8) < 0) continue;
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException("a line of it is no JSON object");
            yield return document.RootElement;
        }
    }

    /// <returns>Whether it changes what the table is.</returns>
    private bool Take(JsonElement action, List<LoggedFile> adds, List<LoggedFile>? removes)
    {
        bool changes = false;
        if (DeltaJson.Object(action, "protocol") is { } protocol) (Protocol, changes) = (protocol.Clone(), true);
        if (DeltaJson.Object(action, "metaData") is { } data) (MetaData, changes) = (data.Clone(), true);
        if (DeltaJson.Object(action, "add") is { } add) adds.Add(LoggedFile.Read(add, log));
        if (removes is not null && DeltaJson.Object(action, "remove") is { } remove) removes.Add(LoggedFile.Read(remove, log));
        return changes || adds.Count > 0 || removes is { Count: > 0 };
    }
}
