using System.Collections.Concurrent;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>Looks at processes again and again while jobs run, on a thread of its own.</summary>
internal sealed class ProcessSpy : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<(int Id, long Started, string Name), SeenProcess> _seen = [];
    private readonly ManualResetEventSlim _ended = new();
    private readonly Thread _thread;

    /// <param name="look">The processes of interest, at this moment.</param>
    public ProcessSpy(Func<IEnumerable<LinuxProcess>> look)
    {
        _thread = new Thread(() =>
        {
            while (!_ended.Wait(Interval))
            {
                foreach (LinuxProcess process in look()) Note(process);
            }
        });
        _thread.Start();
    }

    /// <summary>Ends the looking.</summary>
    public IReadOnlyList<SeenProcess> Stop()
    {
        _ended.Set();
        _thread.Join();
        return [.. _seen.Values];
    }

    public void Dispose()
    {
        Stop();
        _ended.Dispose();
    }

    private void Note(LinuxProcess process)
    {
        if (process.AddressSpaceMiB is not { } space) return;
        var now = new SeenProcess(process, process.CommandLine, process.Environment, space, !process.HasLimitedAddressSpace);
        // A name changes when a script becomes the program that it starts.
        _seen.AddOrUpdate((process.Id, process.Started, process.Name), now, (_, before) => now with
        {
            // Of a process that is just ending /proc tells nothing any more.
            CommandLine = now.CommandLine.Length > 0 ? now.CommandLine : before.CommandLine,
            Environment = now.Environment.Length > 0 ? now.Environment : before.Environment,
            AddressSpaceMiB = Math.Max(before.AddressSpaceMiB, space),
            LimitLifted = before.LimitLifted || now.LimitLifted,
        });
    }
}
