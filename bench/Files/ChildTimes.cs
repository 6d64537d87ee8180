using System.Runtime.InteropServices;

namespace BatchScoring.Bench.Files;

/// <summary>Processor time of the children that have ended (<c>getrusage</c>).</summary>
internal static unsafe partial class ChildTimes
{
    private const int Children = -1;
    private const double Microsecond = 1e-6;
    private const int UsageWords = 18;

    public static double Seconds()
    {
        // struct rusage begins with two struct timeval: user and system time.
        long* usage = stackalloc long[UsageWords];
        if (GetRUsage(Children, usage) != 0) throw new InvalidOperationException("getrusage failed.");
        return usage[0] + usage[2] + ((usage[1] + usage[3]) * Microsecond);
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetRUsage(int who, long* usage);
}
