using System.Globalization;
using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tables;

/// <summary>Which version of a table is asked for: the last, one by its number, or the one that stood at a time.</summary>
/// <param name="Number">The version; null for the last.</param>
/// <param name="AsOf">The last version that was made at that time or before; null for none.</param>
public sealed record WantedVersion(long? Number = null, DateTimeOffset? AsOf = null)
{
    /// <summary>Whether anything else than the last is asked for.</summary>
    public bool IsGiven => Number is not null || AsOf is not null;

    /// <summary>Finds the version in a log.</summary>
    /// <exception cref="BatchScoringException"><c>INPUT_VERSION</c>: there is none.</exception>
    internal async Task<long> OfAsync(IObjectStore store, DeltaLogFiles files, CancellationToken cancellation)
    {
        long first = files.Entries.Keys.Concat(files.Checkpoints.Select(checkpoint => checkpoint.Version)).Min();
        if (Number is { } number)
        {
            return number >= 0 && number <= files.Last
                ? number
                : throw DeltaErrors.Version(files.Folder, number.ToString(CultureInfo.InvariantCulture), first, files.Last);
        }

        if (AsOf is not { } time) return files.Last;
        long? found = null;
        // Times of files may stand still or go back; versions do not.
        foreach ((long version, StoredObject entry) in files.Entries.OrderBy(pair => pair.Key))
        {
            if (await TimeOfAsync(store, entry, cancellation) <= time) found = version;
            else break;
        }

        return found ?? throw DeltaErrors.Version(files.Folder, $"of {time:yyyy-MM-dd HH:mm:ss K}", first, files.Last);
    }

    /// <summary>The time in the entry where its writer promises one, else that of the file.</summary>
    private static async Task<DateTimeOffset> TimeOfAsync(IObjectStore store, StoredObject entry, CancellationToken cancellation)
    {
        try
        {
            byte[] bytes = await DeltaSnapshot.SmallAsync(store, entry, cancellation);
            foreach (JsonElement line in DeltaReplay.Lines(bytes))
            {
                if (DeltaJson.Object(line, "commitInfo") is { } info && DeltaJson.Number(info, "inCommitTimestamp") is { } promised)
                    return DateTimeOffset.FromUnixTimeMilliseconds(promised);
            }

            return entry.Modified;
        }
        catch (Exception e) when (e is JsonException or ArgumentOutOfRangeException)
        {
            throw DeltaErrors.Damaged(entry.Key, $"the entry cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }
}
