using System.ComponentModel;
using System.Runtime.InteropServices;
using BatchScoring.Core;

namespace BatchScoring.Storage;

/// <summary>Turns what the file system says into typed errors.</summary>
internal static class FolderErrors
{
    /// <summary>Whether <see cref="From(Exception, string, string, bool)"/> knows what to do with it.</summary>
    public static bool Handles(Exception e) => e is IOException or UnauthorizedAccessException;

    public static StoreException From(Exception e, string action, string path, bool unclear = false) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => From(Posix.ENOENT, action, path, unclear, e),
        UnauthorizedAccessException => From(Posix.EACCES, action, path, unclear, e),
        PathTooLongException => From(Posix.ENAMETOOLONG, action, path, unclear, e),
        EndOfStreamException => From(Posix.EIO, action, path, unclear, e),
        _ => From(e.HResult, action, path, unclear, e), // .NET keeps errno in HResult of a plain IOException
    };

    public static StoreException From(int errno, string action, string path, bool unclear = false, Exception? inner = null)
    {
        (ErrorCode code, string advice) = errno switch
        {
            Posix.ENOENT => (StorageErrors.NotFound, "It is not there; check the name, and whether something removed it."),
            Posix.EACCES or Posix.EPERM =>
                (StorageErrors.Denied, $"User '{Environment.UserName}' may not do that; change the permissions or the user."),
            Posix.ENOSPC or Posix.EDQUOT =>
                (StorageErrors.DiskFull, $"The disk or quota is full{Free(path)}; free space and run the command again."),
            Posix.EROFS => (StorageErrors.ReadOnly, "The file system is read-only."),
            Posix.EXDEV => (StorageErrors.CrossDevice, "Its folders lie on different file systems; keep the whole root on one."),
            Posix.ENAMETOOLONG => (StorageErrors.NameTooLong,
                "The name exceeds what the file system allows (255 bytes each); use a shorter root."),
            Posix.EOPNOTSUPP or Posix.EMLINK =>
                (StorageErrors.Unconditional, "The file system has no hard links; nothing can be published there safely."),
            _ => (StorageErrors.Io, "Look whether the disk is full, worn or unmounted, then run the command again."),
        };
        string text = inner is null or FileNotFoundException or DirectoryNotFoundException || errno is > 0 and < 200
            ? new Win32Exception(errno).Message
            : inner.Message;
        return new StoreException(code, $"Cannot {action} '{path}': {text}. {advice}", unclear, inner);
    }

    private static string Free(string path)
    {
        try
        {
            string? folder = Path.GetDirectoryName(path);
            while (folder is not null && !Directory.Exists(folder)) folder = Path.GetDirectoryName(folder);
            if (folder is null) return "";
            return FormattableString.Invariant($" ({new DriveInfo(folder).AvailableFreeSpace:N0} bytes free)");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or ExternalException)
        {
            return "";
        }
    }
}
