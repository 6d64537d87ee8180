using System.Runtime.CompilerServices;
using BatchScoring.Core;
using Microsoft.Win32.SafeHandles;

namespace BatchScoring.Storage;

/// <summary>
/// A folder as a store. Commit is: write a temporary file, fsync it, <c>link(2)</c> it to the final name, which fails if that is taken,
/// fsync the directory. (Moving without overwrite was measured to let two winners through.) Thread safe, and safe between processes on
/// one machine and on file systems where <c>link</c> is atomic, which the probe checks.
/// </summary>
/// <remarks>Pending parts lie in the attempt's <c>staging/</c>, so that globs over a dataset's folder never meet them.</remarks>
internal sealed class FolderStore : IObjectStore
{
    private const int BufferBytes = 1 << 20;
    private readonly string _root;
    private readonly FolderDisk _disk;
    private readonly FolderWriter _writer;

    public FolderStore(StoreOptions options, FolderDisk? disk = null)
    {
        _disk = disk ?? new FolderDisk();
        _writer = new FolderWriter(_disk);
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Root));
        Options = options with { Root = _root };
    }

    public StoreOptions Options { get; }

    public TimeSpan RequestTimeout => TimeSpan.FromSeconds(1); // a system call is over when it returns; this leaves room for its process

    public string LocalPath(string key) => Path.Combine(_root, StoreKey.Check(key));

    public Task<string?> SignedUrlAsync(string key, TimeSpan valid, CancellationToken cancellation) => Task.FromResult<string?>(null);

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (string key in Keys(prefix, cancellation).Order(KeyOrder.Instance))
        {
            if (FolderNames.FinalKey(key) is not null) continue;
            StoredObject? found = await HeadAsync(key, cancellation);
            if (found is not null) yield return found; // one that went away while listing is not listed
        }
    }

    public Task<StoredObject?> HeadAsync(string key, CancellationToken cancellation)
    {
        StoredObject? found = LocalFiles.Head(LocalPath(key));
        return Task.FromResult(found is null ? null : found with { Key = key });
    }

    public async Task<byte[]?> GetAsync(string key, CancellationToken cancellation)
    {
        string path = LocalPath(key);
        try
        {
            return await File.ReadAllBytesAsync(path, cancellation);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (FolderErrors.Handles(e))
        {
            throw FolderErrors.From(e, "read", path);
        }
    }

    public async Task ReadRangeAsync(string key, string? version, long offset, Memory<byte> destination, CancellationToken cancellation)
    {
        string path = LocalPath(key);
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, options: FileOptions.Asynchronous);
            int read = 0;
            while (read < destination.Length)
            {
                int got = await RandomAccess.ReadAsync(file, destination[read..], offset + read, cancellation);
                if (got == 0) break;
                read += got;
            }
            CheckVersion(file, path, version); // after the read, so that a change during it is seen too
            if (read < destination.Length) throw Truncated(path, offset, destination.Length, read);
        }
        catch (Exception e) when (FolderErrors.Handles(e))
        {
            throw FolderErrors.From(e, "read", path);
        }
    }

    public async Task DownloadAsync(string key, string localFile, CancellationToken cancellation)
    {
        string path = LocalPath(key);
        try
        {
            using FileStream source =
                new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes, useAsync: true);
            using FileStream target = new(localFile, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes, useAsync: true);
            await source.CopyToAsync(target, BufferBytes, cancellation);
        }
        catch (Exception e) when (FolderErrors.Handles(e))
        {
            throw FolderErrors.From(e, $"copy to '{localFile}'", path);
        }
    }

    public async Task<bool> PutAsync(string key, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancellation)
    {
        string path = LocalPath(key), temporary = Path.Combine(_root, FolderNames.TemporaryKey(key));
        await _writer.CreateAsync(temporary, content, cancellation);
        return _writer.Commit(temporary, path, replace: condition == PutCondition.Always);
    }

    public async Task UploadAsync(string key, string localFile, CancellationToken cancellation)
    {
        string path = LocalPath(key), temporary = Path.Combine(_root, FolderNames.TemporaryKey(key));
        _ = await _writer.CopyAsync(localFile, temporary, cancellation);
        _ = _writer.Commit(temporary, path, replace: true);
    }

    public Task DeleteAsync(string key, CancellationToken cancellation)
    {
        _writer.Remove(LocalPath(key));
        return Task.CompletedTask;
    }

    public async Task<PendingPart> StageAsync(string key, string localFile, PartFacts facts, CancellationToken cancellation)
    {
        StoreKey.Check(key);
        string pendingKey = FolderNames.PendingKey(StoreKey.CheckFolder(facts.AttemptFolder), key);
        string path = LocalPath(pendingKey), temporary = Path.Combine(_root, FolderNames.TemporaryKey(pendingKey));
        (long bytes, string sha256) = await _writer.CopyAsync(localFile, temporary, cancellation);
        if (!string.Equals(sha256, facts.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            _writer.Remove(temporary);
            throw StagedFile.HashMismatch(localFile, facts.Sha256, sha256);
        }
        // The pending name, too, is given only to a whole and flushed file: whoever finds it may link it.
        if (!_writer.Commit(temporary, path, replace: false))
            throw new StoreException(StorageErrors.Taken,
                $"Cannot stage '{key}': '{path}' exists already. Every part needs a name of its own.");
        return new PendingPart { Key = key, PendingId = pendingKey, Bytes = bytes, Sha256 = sha256, Rows = facts.Rows };
    }

    public async IAsyncEnumerable<PendingUpload> ListPendingAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        StoreKey.CheckPrefix(prefix);
        List<PendingUpload> found = [];
        // Pending parts lie in attempts' folders, files that were being written beside their final names.
        foreach (string key in Keys("artifacts/", cancellation).Union(Keys(prefix, cancellation), StringComparer.Ordinal))
        {
            string? final = FolderNames.FinalKey(key);
            if (final is null || !final.StartsWith(prefix, StringComparison.Ordinal)) continue;
            StoredObject? pending = await HeadAsync(key, cancellation);
            if (pending is not null) found.Add(new PendingUpload(final, key, pending.Modified));
        }
        foreach (PendingUpload pending in found.OrderBy(p => p.Key, KeyOrder.Instance).ThenBy(p => p.PendingId, KeyOrder.Instance))
            yield return pending;
    }

    public async Task<bool> IsPendingAsync(PendingPart part, CancellationToken cancellation) =>
        await HeadAsync(part.PendingId, cancellation) is { } pending && pending.Size == part.Bytes;

    public Task CompleteAsync(PendingPart part, CancellationToken cancellation)
    {
        string pending = LocalPath(part.PendingId), path = LocalPath(part.Key);
        CheckIsPendingName(part.Key, part.PendingId);
        int error = Posix.Stat(pending, out FileFacts facts);
        if (error is not (0 or Posix.ENOENT or Posix.ENOTDIR)) throw FolderErrors.From(error, "look at", pending);
        if (error != 0 || facts.Size != part.Bytes)
        {
            throw new StoreException(StorageErrors.PendingGone, $"Cannot complete '{path}': its pending file '{pending}' "
                + (error != 0 ? "is not there." : FormattableString.Invariant($"has {facts.Size:N0} bytes, not {part.Bytes:N0}.")));
        }
        if (!_writer.Commit(pending, path, replace: false))
            throw new StoreException(StorageErrors.Taken,
                $"Cannot complete '{path}': another file has that name already. It was left alone.");
        return Task.CompletedTask;
    }

    public Task AbortAsync(string key, string pendingId, CancellationToken cancellation)
    {
        CheckIsPendingName(key, pendingId);
        _writer.Remove(LocalPath(pendingId));
        return Task.CompletedTask;
    }

    public async Task<StoreProbe> ProbeAsync(CancellationToken cancellation) =>
        await StoreProbes.RunAsync(this, "link(2) refuses a taken name and directories can be flushed", cancellation);

    public void Dispose()
    {
    }

    private static void CheckIsPendingName(string key, string pendingId)
    {
        // A manifest is input: its pending ids must not be a way to move or remove any other file of the root.
        if (!string.Equals(FolderNames.FinalKey(pendingId), key, StringComparison.Ordinal))
            throw new StoreException(StorageErrors.KeyInvalid, $"'{pendingId}' is not the name of a pending file for '{key}'.");
    }

    private static void CheckVersion(SafeFileHandle file, string path, string? version)
    {
        if (version is null) return;
        int error = Posix.Stat(file, out FileFacts facts);
        if (error != 0) throw FolderErrors.From(error, "look at", path);
        if (!string.Equals(facts.Version, version, StringComparison.Ordinal))
            throw new StoreException(StorageErrors.Changed,
                $"'{path}' changed since it was planned: version {facts.Version}, planned {version}. Run the command again.");
    }

    private static StoreException Truncated(string path, long offset, int wanted, int read) => new(StorageErrors.Truncated,
        FormattableString.Invariant($"'{path}' ends too early: {wanted:N0} bytes wanted from offset {offset:N0}, {read:N0} found."));

    private List<string> Keys(string prefix, CancellationToken cancellation)
    {
        StoreKey.CheckPrefix(prefix);
        List<string> keys = [];
        string start = prefix[..(prefix.LastIndexOf('/') + 1)];
        Collect(start, prefix, keys, cancellation);
        return keys;
    }

    private void Collect(string folder, string prefix, List<string> keys, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        string path = Path.Combine(_root, folder);
        try
        {
            foreach (FileSystemInfo entry in new DirectoryInfo(path).EnumerateFileSystemInfos())
            {
                string key = folder + entry.Name;
                if (entry is DirectoryInfo)
                {
                    key += "/";
                    if (key.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(key, StringComparison.Ordinal))
                        Collect(key, prefix, keys, cancellation);
                }
                else if (key.StartsWith(prefix, StringComparison.Ordinal))
                {
                    keys.Add(key);
                }
            }
        }
        catch (DirectoryNotFoundException)
        {
            // Gone while listing, or never there: no objects.
        }
        catch (Exception e) when (FolderErrors.Handles(e))
        {
            throw FolderErrors.From(e, "list", path);
        }
    }
}
