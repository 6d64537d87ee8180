using BatchScoring.Core;
using BatchScoring.SparkJobs.Submit;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Clean;

/// <summary>What ended programs leave besides parts: talks between submitters and drivers, probes, and logs of this machine.</summary>
/// <param name="store">Where talks and probes are.</param>
/// <param name="limit">Only what was last written before.</param>
internal sealed class Leftovers(IObjectStore store, DateTimeOffset limit)
{
    private const string Probes = "artifacts/probes/";

    /// <summary>
    /// A talk goes as a whole, and only when nobody has said anything in it lately: an answer in it may still be waited for.
    /// </summary>
    public async Task<IReadOnlyList<string>> KeysAsync(CancellationToken cancellation)
    {
        List<StoredObject> talks = await store.ListAsync(FolderLayout.Submissions, cancellation).ToListAsync(cancellation);
        List<StoredObject> probes = await store.ListAsync(Probes, cancellation).ToListAsync(cancellation);
        return
        [
            .. talks.GroupBy(found => found.Key[..found.Key.IndexOf('/', FolderLayout.Submissions.Length)], StringComparer.Ordinal)
                .Where(talk => talk.All(IsOld)).SelectMany(talk => talk).Select(found => found.Key),
            .. probes.Where(IsOld).Select(found => found.Key),
        ];
    }

    /// <summary>Logs of this user's failed submissions, in the folder for temporary files.</summary>
    public IReadOnlyList<string> Logs() =>
        [.. new DirectoryInfo(Path.GetTempPath()).EnumerateFiles(SubmitLog.Pattern).Where(log => log.LastWriteTimeUtc < limit.UtcDateTime)
            .Select(log => log.FullName).Order(StringComparer.Ordinal)];

    /// <summary>Removes what the rights allow to.</summary>
    /// <returns>What is gone.</returns>
    public async Task<IReadOnlyList<string>> RemoveAsync(IReadOnlyList<string> keys, IReadOnlyList<string> logs,
        CancellationToken cancellation)
    {
        var gone = new List<string>();
        foreach (string key in keys)
        {
            try
            {
                await store.DeleteAsync(key, cancellation);
                gone.Add(key);
            }
            catch (StoreException e) when (e.Is(StorageErrors.Denied))
            {
                // The smallest rights may be narrower than ours; the next object may be allowed.
            }
        }

        foreach (string log in logs)
        {
            try
            {
                File.Delete(log);
                gone.Add(log);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another user's.
            }
        }

        return gone;
    }

    private bool IsOld(StoredObject found) => found.Modified < limit;
}
