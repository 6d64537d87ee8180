using System.ComponentModel;
using Microsoft.Win32.SafeHandles;

namespace BatchScoring.Storage;

/// <summary>
/// Every change that a <see cref="FolderStore"/> makes to a disk, one call each, so that tests can fail or end the world before any of
/// them.
/// </summary>
internal class FolderDisk
{
    /// <summary>Creates a file that must not be there.</summary>
    public SafeFileHandle Create(string path)
    {
        ThrowIf(Before("create", path));
        return File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, FileOptions.Asynchronous);
    }

    public ValueTask WriteAsync(SafeFileHandle file, string path, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        ThrowIf(Before("write", path));
        return RandomAccess.WriteAsync(file, bytes, offset, cancellation);
    }

    public void Flush(SafeFileHandle file, string path)
    {
        ThrowIf(Before("fsync", path));
        RandomAccess.FlushToDisk(file);
    }

    public int Link(string existing, string created) =>
        Before("link", created) is not 0 and int error ? error : Posix.Link(existing, created);

    public int Rename(string from, string to) => Before("rename", to) is not 0 and int error ? error : Posix.Rename(from, to);

    public int Unlink(string path) => Before("unlink", path) is not 0 and int error ? error : Posix.Unlink(path);

    public int FlushFolder(string path) => Before("fsync folder", path) is not 0 and int error ? error : Posix.FlushDirectory(path);

    /// <summary>Creates a folder with its parents; each new name is made durable.</summary>
    public void MakeFolder(string path)
    {
        if (Directory.Exists(path)) return;
        string? parent = Path.GetDirectoryName(path);
        if (parent is not null) MakeFolder(parent);
        ThrowIf(Before("mkdir", path));
        Directory.CreateDirectory(path);
        if (parent is not null) ThrowIf(FlushFolder(parent));
    }

    /// <summary>Called before every change. Tests kill here, or return the errno that the change shall fail with; 0 goes on.</summary>
    protected virtual int Before(string change, string path) => 0;

    private static void ThrowIf(int errno)
    {
        if (errno != 0) throw new IOException(new Win32Exception(errno).Message, errno);
    }
}
