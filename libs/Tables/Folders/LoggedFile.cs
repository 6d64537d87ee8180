using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tables;

/// <summary>A data file as the log adds or removes it.</summary>
/// <param name="Path">Relative to the table's folder, decoded; checked to lie below it.</param>
/// <param name="Size">Bytes; -1 where the log does not say.</param>
/// <param name="Partitions">The values of the partition columns by their names in the files; null is a missing value.</param>
internal sealed record LoggedFile(string Path, long Size, IReadOnlyDictionary<string, string?> Partitions)
{
    /// <summary>Which of its rows are gone; null for none.</summary>
    public DeletionVector? Deletions { get; private init; }

    /// <summary>Whether the writer says that rows came with it; statistics of a file may be added anew.</summary>
    public bool ChangesData { get; private init; } = true;

    /// <summary>What tells it from other states of the same file.</summary>
    public (string Path, string? Deletions) Id => (Path, Deletions?.Id);

    /// <summary>Reads the file of an action.</summary>
    /// <param name="action">What stands behind <c>add</c> or <c>remove</c>.</param>
    /// <param name="log">What messages call the log.</param>
    /// <exception cref="JsonException">It is of another form.</exception>
    /// <exception cref="BatchScoringException"><c>INPUT_LOG_PATH</c>.</exception>
    public static LoggedFile Read(JsonElement action, string log)
    {
        string path = Below(DeltaJson.Text(action, "path"), log);
        Dictionary<string, string?> partitions = new(StringComparer.Ordinal);
        foreach (JsonProperty value in DeltaJson.Members(action, "partitionValues"))
            partitions[value.Name] = DeltaJson.TextOrNull(value.Value) is { Length: > 0 } text ? text : null;
        return new LoggedFile(path, DeltaJson.Number(action, "size") ?? -1, partitions)
        {
            ChangesData = !action.TryGetProperty("dataChange", out JsonElement changes) || changes.ValueKind != JsonValueKind.False,
            Deletions = DeltaJson.Object(action, "deletionVector") is { } vector ? DeletionVector.Read(vector, log) : null,
        };
    }

    /// <summary>Whatever could lead out of the table is refused before anything is opened.</summary>
    public static string Below(string spelled, string log)
    {
        string path = DeltaNames.Decode(spelled);
        int colon = spelled.IndexOf(':', StringComparison.Ordinal), slash = spelled.IndexOf('/', StringComparison.Ordinal);
        bool hasScheme = colon > 0 && (slash < 0 || colon < slash) && spelled.AsSpan(0, colon).IndexOfAnyExcept(SchemeLetters) < 0;
        if (hasScheme || path.Split('/').Any(step => step is "" or "." or "..")) throw DeltaErrors.Outside(log, spelled);
        try
        {
            return StoreKey.Check(path);
        }
        catch (StoreException)
        {
            throw DeltaErrors.Outside(log, spelled);
        }
    }

    private const string SchemeLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-";
}
