using System.Runtime.InteropServices;

namespace BatchScoring.Storage;

/// <summary>The calls of libc that .NET does not offer. Linux; numbers are errno values, 0 means done.</summary>
internal static partial class Posix
{
    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int EIO = 5;
    public const int EACCES = 13;
    public const int EEXIST = 17;
    public const int EXDEV = 18;
    public const int ENOTDIR = 20;
    public const int ENOSPC = 28;
    public const int EROFS = 30;
    public const int EMLINK = 31;
    public const int ENAMETOOLONG = 36;
    public const int EOPNOTSUPP = 95;
    public const int EDQUOT = 122;

    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH
    private const uint BasicFacts = 0x7ff; // STATX_BASIC_STATS
    private const int ReadOnlyDirectory = 0x10000 | 0x80000; // O_RDONLY | O_DIRECTORY | O_CLOEXEC on x64

    public static int Link(string existing, string created) => link(existing, created) == 0 ? 0 : Marshal.GetLastPInvokeError();

    public static int Rename(string from, string to) => rename(from, to) == 0 ? 0 : Marshal.GetLastPInvokeError();

    public static int Unlink(string path) => unlink(path) == 0 ? 0 : Marshal.GetLastPInvokeError();

    public static int FlushDirectory(string path)
    {
        int descriptor = open(path, ReadOnlyDirectory);
        if (descriptor < 0) return Marshal.GetLastPInvokeError();
        int error = fsync(descriptor) == 0 ? 0 : Marshal.GetLastPInvokeError();
        _ = close(descriptor);
        return error;
    }

    /// <summary>What <c>statx(2)</c> says, links followed.</summary>
    public static int Stat(string path, out FileFacts facts) => Stat(CurrentDirectory, path, 0, out facts);

    public static int Stat(SafeHandle handle, out FileFacts facts)
    {
        bool held = false;
        try
        {
            handle.DangerousAddRef(ref held);
            return Stat((int)handle.DangerousGetHandle(), "", EmptyPath, out facts);
        }
        finally
        {
            if (held) handle.DangerousRelease();
        }
    }

    private static unsafe int Stat(int directory, string path, int flags, out FileFacts facts)
    {
        // struct statx is 256 bytes with the same offsets on every architecture, unlike struct stat.
        byte* buffer = stackalloc byte[256];
        if (statx(directory, path, flags, BasicFacts, buffer) != 0)
        {
            facts = default;
            return Marshal.GetLastPInvokeError();
        }
        facts = new FileFacts(
            ((ulong)*(uint*)(buffer + 136) << 32) | *(uint*)(buffer + 140),
            *(ushort*)(buffer + 28), *(ulong*)(buffer + 32), *(long*)(buffer + 40), *(long*)(buffer + 112), *(uint*)(buffer + 120));
        return 0;
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int link(string existing, string created);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int rename(string from, string to);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unlink(string path);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int statx(int directory, string path, int flags, uint mask, byte* buffer);
}
