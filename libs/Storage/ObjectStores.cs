using BatchScoring.Core;

namespace BatchScoring.Storage;

/// <summary>Opens the store that a root names. The only place that knows which kinds exist.</summary>
public static class ObjectStores
{
    /// <summary>Opens a store. Nothing is sent or created yet: the first call finds out whether it can be reached.</summary>
    /// <param name="options">Root, and for S3 endpoint, region and path style.</param>
    /// <param name="credentials">
    /// S3: gives the current credentials; asked again shortly before they expire and when the store says they have. Null means the
    /// process's own (environment, profile, instance role).
    /// </param>
    /// <param name="time">Clock of retries and renewal; null means the system's.</param>
    /// <param name="tell">Gets a sentence for people each time failed tries have cost another minute; called from any thread. Null: nobody
    /// is told.</param>
    /// <exception cref="StoreException"><c>STORE_ROOT_INVALID</c>, <c>STORE_OPTION_INVALID</c>.</exception>
    public static IObjectStore Open(
        StoreOptions options, Func<CancellationToken, Task<StoreCredentials>>? credentials = null, TimeProvider? time = null,
            Action<string>? tell = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (Path.IsPathRooted(options.Root)) return new FolderStore(options);
        if (IsS3(options.Root)) return new S3Store(options, credentials, time, tell: tell);
        throw new StoreException(StorageErrors.RootInvalid,
            $"The root '{options.Root}' cannot be used: it is neither an absolute folder nor s3://bucket/prefix.");
    }

    /// <summary>Whether a root names a bucket, <c>s3://bucket/prefix</c>, and no folder.</summary>
    public static bool IsS3(string root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return S3Root.Matches(root);
    }
}
