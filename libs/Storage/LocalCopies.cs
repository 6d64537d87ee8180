using System.Globalization;
using System.Net;
using BatchScoring.Core;

namespace BatchScoring.Storage;

/// <summary>
/// Local paths for what people name by address: an object or a folder of a bucket, a file of the web. What is local already stays where it
/// is; copies go when this is disposed. Thread safe.
/// </summary>
/// <param name="like">Endpoint, region, path style of buckets; its root is not used.</param>
/// <param name="credentials">As for <see cref="ObjectStores.Open"/>; never sent to web addresses.</param>
/// <param name="time">Clock of retries; null means the system's.</param>
public sealed class LocalCopies(StoreOptions like, Func<CancellationToken, Task<StoreCredentials>>? credentials = null,
    TimeProvider? time = null) : IDisposable
{
    private const int AtOnce = 8;

    private readonly Lazy<ScratchFolder> _scratch = new(() => ScratchFolder.Create("copy"));
    private readonly HttpClient _web = new() { Timeout = Timeout.InfiniteTimeSpan };
    private int _copies;

    /// <summary>The longest time that a web server may send nothing; tests use a shorter one.</summary>
    internal TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A path to open: <paramref name="name"/> itself where it is local, else that of a copy with the same file name.</summary>
    /// <param name="name">As a person wrote it; see <see cref="InputLocation"/>. A prefix of a bucket becomes a folder of its data
    /// files.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StoreException"><c>STORE_LOCATION_INVALID</c>; <c>STORE_NOT_FOUND</c>; what store or server say.</exception>
    public Task<string> OfAsync(string name, CancellationToken cancellation) => InputLocation.Parse(name).Kind switch
    {
        LocationKind.S3 => OfBucketAsync(name, cancellation),
        LocationKind.Web => OfWebAsync(new Uri(name), cancellation),
        _ => Task.FromResult(name),
    };

    /// <summary>Opens the bucket in which a folder lies; null where a name is no folder of a bucket.</summary>
    /// <param name="name">As a person wrote it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The bucket, to be disposed of, and the folder's key, which ends in a slash.</returns>
    public async Task<(IObjectStore Bucket, string Folder)?> FolderOfBucketAsync(string name, CancellationToken cancellation)
    {
        if (InputLocation.Parse(name).Kind != LocationKind.S3) return null;
        (IObjectStore store, string key) = Bucket(name);
        if (name.EndsWith('/') || await store.HeadAsync(key, cancellation) is null) return (store, key + "/");
        store.Dispose();
        return null;
    }

    /// <summary>Copies objects of a bucket, several at once.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="keys">The objects.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The folder of the copies, ending in a slash; each lies in it under its key.</returns>
    public async Task<string> OfObjectsAsync(IObjectStore bucket, IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        string folder = NewPath("objects") + "/";
        ParallelOptions several = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(keys, several, async (key, stop) =>
        {
            string file = folder + StoreKey.Check(key); // checked: a key must not climb out of the copy
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await bucket.DownloadAsync(key, file, stop);
        });
        return folder;
    }

    /// <summary>Removes the copies.</summary>
    public void Dispose()
    {
        _web.Dispose();
        if (_scratch.IsValueCreated) _scratch.Value.Dispose();
    }

    private async Task<string> OfBucketAsync(string address, CancellationToken cancellation)
    {
        (IObjectStore opened, string key) = Bucket(address);
        using IObjectStore store = opened;
        string copy = NewPath(Path.GetFileName(key));
        if (!address.EndsWith('/') && await store.HeadAsync(key, cancellation) is not null)
        {
            await store.DownloadAsync(key, copy, cancellation);
            return copy;
        }

        string folder = key + "/";
        bool any = false;
        await foreach (StoredObject found in store.ListAsync(folder, cancellation))
        {
            if (!DataFiles.IsDataFile(found.Key, folder)) continue;
            string file = Path.Combine(copy, StoreKey.Check(found.Key)[folder.Length..]); // checked: a key must not climb out of the copy
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await store.DownloadAsync(found.Key, file, cancellation);
            any = true;
        }

        return any ? copy : throw new StoreException(StorageErrors.NotFound,
            $"'{address}' is not there: no object has that key, and none that is data lies below it.");
    }

    private (IObjectStore Bucket, string Key) Bucket(string address)
    {
        var place = S3Root.Parse(address);
        string key = place.Prefix.TrimEnd('/');
        return key.Length > 0
            ? (ObjectStores.Open(like with { Root = $"s3://{place.Bucket}" }, credentials, time), key)
            : throw new StoreException(StorageErrors.LocationInvalid,
                $"'{address}' names a whole bucket. Name an object or a folder of it.");
    }

    private async Task<string> OfWebAsync(Uri address, CancellationToken cancellation)
    {
        // The query is left out of every text: it may hold a signature.
        string shown = address.GetLeftPart(UriPartial.Path), name = Path.GetFileName(Uri.UnescapeDataString(address.AbsolutePath));
        string copy = NewPath(name.Length == 0 ? "download" : name);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Silence);
        try
        {
            using HttpResponseMessage answer = await _web.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            if (!answer.IsSuccessStatusCode) throw Refused(answer.StatusCode, shown);
            long written = await CopyAsync(await answer.Content.ReadAsStreamAsync(deadline.Token), copy, deadline);
            if (answer.Content.Headers.ContentLength is { } told && told != written)
                throw new StoreException(StorageErrors.IncompleteRead,
                    string.Create(CultureInfo.InvariantCulture, $"'{shown}' broke off after {written:N0} of {told:N0} bytes."));
            return copy;
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new StoreException(StorageErrors.Unreachable, string.Create(CultureInfo.InvariantCulture,
                $"'{shown}' sent nothing for {Silence.TotalSeconds:0} s.{S3Place.Route(address)}"), inner: e);
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException)
        {
            throw new StoreException(StorageErrors.Unreachable,
                $"'{shown}' could not be read: {e.Message.TrimEnd('.')}.{S3Place.Route(address)}", inner: e);
        }
    }

    private async Task<long> CopyAsync(Stream body, string copy, CancellationTokenSource deadline)
    {
        byte[] buffer = new byte[1 << 16];
        long written = 0;
        await using FileStream file = new(copy, FileMode.CreateNew, FileAccess.Write);
        int read;
        while ((read = await body.ReadAsync(buffer, deadline.Token)) > 0)
        {
            await file.WriteAsync(buffer.AsMemory(0, read), deadline.Token);
            written += read;
            deadline.CancelAfter(Silence);
        }

        return written;
    }

    private static StoreException Refused(HttpStatusCode status, string shown) => new(
        status switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone => StorageErrors.NotFound,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => StorageErrors.Denied,
            >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests => StorageErrors.Failed,
            _ => StorageErrors.Refused,
        },
        string.Create(CultureInfo.InvariantCulture, $"'{shown}' cannot be read: the server answered {(int)status}."));

    /// <summary>In a folder of its own, so that names can be kept.</summary>
    private string NewPath(string name)
    {
        string folder = _scratch.Value.File(Interlocked.Increment(ref _copies).ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, name);
    }
}
