using System.Runtime.InteropServices;
using BatchScoring.Core;

namespace BatchScoring.ModelRunner;

/// <summary>
/// Ends the process when nobody wants its answers any more: parent dead, output closed, or a signal. First it cancels the work, so that
/// scratch files and pending parts go; if that takes too long, it ends the process as it is. A thread of
/// its own, so that busy workers cannot starve it.
/// </summary>
internal sealed class Watch : IDisposable
{
    /// <summary>Interval and patience together stay below a second.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(600);

    /// <summary>SIGUSR2: nothing else uses it here.</summary>
    private const int ParentDeathSignal = 12;

    private readonly Action _abandon;
    private readonly int _parent = Native.ParentId();
    private readonly CancellationTokenSource _cancel = new();
    private readonly AutoResetEvent _look = new(initialState: false);
    private readonly List<PosixSignalRegistration> _signals = [];
    private volatile string? _reason;
    private volatile bool _over;

    /// <param name="abandon">The last thing before an end by force: removes what can be removed at once.</param>
    public Watch(Action abandon)
    {
        _abandon = abandon;
        _signals.Add(PosixSignalRegistration.Create((PosixSignal)ParentDeathSignal, signal =>
        {
            signal.Cancel = true;
            _look.Set();
        }));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => OnSignal(signal, "SIGTERM")));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => OnSignal(signal, "SIGINT")));
        Native.SignalOnParentDeath(ParentDeathSignal);
        new Thread(Run) { IsBackground = true, Name = "watch" }.Start();
    }

    /// <summary>Cancelled when the process should end.</summary>
    public CancellationToken Token => _cancel.Token;

    /// <summary>Why it should end; null while it should not.</summary>
    public string? Reason => _reason;

    public void Dispose()
    {
        _over = true;
        _look.Set();
        foreach (PosixSignalRegistration signal in _signals) signal.Dispose();
    }

    private void OnSignal(PosixSignalContext signal, string name)
    {
        signal.Cancel = true;
        _reason ??= $"the signal {name} arrived";
        _look.Set();
    }

    private void Run()
    {
        while (!_over)
        {
            if (Native.ParentId() != _parent) _reason ??= "its parent process is gone";
            else if (Native.IsClosed(Native.StdOut)) _reason ??= "nobody reads its output any more";
            if (_reason is not null) break;
            _look.WaitOne(Interval);
        }

        if (_over) return;
        _cancel.Cancel();
        _look.WaitOne(Patience);
        if (_over) return;
        _abandon();
        Native.Exit((int)ExitCode.Interrupted);
    }
}
