using System.Runtime.InteropServices;

namespace BatchScoring.Hosting;

/// <summary>
/// The limit on this process's address space (<c>ulimit -v</c>). The launcher sets a soft one so that the runtime reserves little at its
/// start: a YARN node manager that polls memory kills a container for what is reserved, used or not.
/// </summary>
public static partial class AddressSpace
{
    private const int Resource = 9; // RLIMIT_AS of Linux on every 64-bit processor

    /// <summary>
    /// Raises the soft limit to the hard one: what the program itself needs comes after the runtime's reservation. Does nothing where there
    /// is no limit; a system that refuses keeps its limit, and whoever runs into it says so.
    /// </summary>
    public static void LiftLimit()
    {
        if (!OperatingSystem.IsLinux() || GetLimit(Resource, out Limit limit) != 0 || limit.Soft == limit.Hard) return;
        limit.Soft = limit.Hard;
        _ = SetLimit(Resource, in limit);
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }
}
