using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace BatchScoring.Storage;

/// <summary>Writes files durably: content first, flushed, then the name.</summary>
internal sealed class FolderWriter(FolderDisk disk)
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Creates a flushed file that must not be there; it goes again when that fails.</summary>
    public Task CreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        FillAsync(path, file => disk.WriteAsync(file, path, 0, content, cancellation).AsTask());

    /// <summary>As <see cref="CreateAsync"/>, from a local file, hashing what goes by.</summary>
    public async Task<(long Bytes, string Sha256)> CopyAsync(string source, string path, CancellationToken cancellation)
    {
        using SafeFileHandle from = Open(source);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long offset = 0;
        await FillAsync(path, async file =>
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
            try
            {
                while (true)
                {
                    int read = await RandomAccess.ReadAsync(from, buffer.AsMemory(0, BufferBytes), offset, cancellation);
                    if (read == 0) break;
                    hash.AppendData(buffer.AsSpan(0, read));
                    await disk.WriteAsync(file, path, offset, buffer.AsMemory(0, read), cancellation);
                    offset += read;
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        });
        return (offset, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Gives a flushed file its final name; the old name goes.</summary>
    /// <returns>False when the name is taken by another file and <paramref name="replace"/> is false; the old name goes then too only if it
    /// was a temporary one, which nobody else knows.</returns>
    public bool Commit(string written, string path, bool replace)
    {
        string folder = Path.GetDirectoryName(path)!;
        try
        {
            disk.MakeFolder(folder);
        }
        catch (Exception e) when (FolderErrors.Handles(e))
        {
            throw FolderErrors.From(e, "create folder", folder);
        }
        int error = replace ? disk.Rename(written, path) : disk.Link(written, path);
        // A file server may carry a link out and lose its answer: what counts is whether both names are one file.
        if (!replace && error != 0 && AreSame(written, path)) error = 0;
        // The file is ours, so a link is not permitted only where the file system has none (FAT, some network mounts).
        if (!replace && error == Posix.EPERM) error = Posix.EOPNOTSUPP;
        if (error == Posix.EEXIST)
        {
            if (Path.GetFileName(written).StartsWith('.')) Remove(written);
            return false;
        }
        if (error != 0)
        {
            if (Path.GetFileName(written).StartsWith('.')) Remove(written);
            throw FolderErrors.From(error, replace ? "write" : "link", path);
        }
        FlushFolderOf(path);
        if (!replace) Remove(written);
        return true;
    }

    /// <summary>Makes a file's name durable. When that fails it is unclear whether the name survives.</summary>
    public void FlushFolderOf(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        int error = disk.FlushFolder(folder);
        if (error != 0) throw FolderErrors.From(error, "flush folder", folder, unclear: true);
    }

    /// <summary>Removes a file; one that is not there is no error.</summary>
    public void Remove(string path)
    {
        int error = disk.Unlink(path);
        if (error is not (0 or Posix.ENOENT or Posix.ENOTDIR)) throw FolderErrors.From(error, "remove", path);
    }

    private static SafeFileHandle Open(string source)
    {
        try
        {
            return File.OpenHandle(source, options: FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception e) when (FolderErrors.Handles(e))
        {
            throw FolderErrors.From(e, "read", source);
        }
    }

    private static bool AreSame(string a, string b) =>
        Posix.Stat(a, out FileFacts one) == 0 && Posix.Stat(b, out FileFacts other) == 0 && one.IsSameFile(other);

    private async Task FillAsync(string path, Func<SafeFileHandle, Task> fill)
    {
        bool created = false;
        try
        {
            disk.MakeFolder(Path.GetDirectoryName(path)!);
            using SafeFileHandle file = disk.Create(path);
            created = true;
            await fill(file);
            disk.Flush(file, path);
        }
        catch (Exception e)
        {
            if (created) TryRemove(path);
            if (FolderErrors.Handles(e)) throw FolderErrors.From(e, "write", path);
            throw;
        }
    }

    private void TryRemove(string path)
    {
        try
        {
            _ = disk.Unlink(path);
        }
        catch (Exception e) when (FolderErrors.Handles(e))
        {
            // The first error is the one to tell; clean removes leftovers.
        }
    }
}
