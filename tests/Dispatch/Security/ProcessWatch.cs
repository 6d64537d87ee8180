using System.Collections.Concurrent;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Security;

/// <summary>Looks at all processes again and again: whose arguments or variables hold a secret.</summary>
internal sealed class ProcessWatch : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly Canaries _canaries;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _over = new();

    public ProcessWatch(Canaries canaries)
    {
        _canaries = canaries;
        _thread = new Thread(Look) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Processes that were seen.</summary>
    public int Seen { get; private set; }

    /// <summary>Arguments: what, and the place of the secret.</summary>
    public ConcurrentDictionary<string, byte> InArguments { get; } = new(StringComparer.Ordinal);

    /// <summary>Variables: the process with its arguments, whether it is a job, and the place of the secret.</summary>
    public ConcurrentDictionary<(string Process, bool IsJob, string Place), byte> InVariables { get; } = new();

    public void Dispose()
    {
        _over.Set();
        _thread.Join();
        _over.Dispose();
    }

    private void Look()
    {
        Dictionary<(int, long), string> known = [];
        while (!_over.Wait(Pause))
        {
            foreach (LinuxProcess process in LinuxProcess.Descendants(0).Concat(LinuxProcess.Descendants(1)))
            {
                string arguments = process.CommandLine.Replace('\0', ' ');
                // A process that has become another program is looked at anew.
                if (known.GetValueOrDefault((process.Id, process.Started)) == arguments) continue;
                known[(process.Id, process.Started)] = arguments;
                Seen++;
                foreach (string place in _canaries.In(arguments)) InArguments.TryAdd($"{place}: {arguments}", 0);
                string variables = process.Environment;
                foreach (string place in _canaries.In(variables))
                    InVariables.TryAdd((arguments, variables.Contains("BATCHSCORING_JOB=", StringComparison.Ordinal), place), 0);
            }
        }
    }
}
