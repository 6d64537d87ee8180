using System.Diagnostics;
using BatchScoring.Storage;

namespace BatchScoring.Tests.Crash;

/// <summary>Kills its own process, as the kernel's out-of-memory killer would, before the n-th change.</summary>
internal sealed class KillingDisk(int killAt) : FolderDisk
{
    private int _changes;

    protected override int Before(string change, string path)
    {
        if (Interlocked.Increment(ref _changes) == killAt)
        {
            using var me = Process.GetCurrentProcess();
            me.Kill();
            me.WaitForExit(); // the signal is on its way
        }
        return 0;
    }
}
