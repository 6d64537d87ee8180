using System.Threading.Channels;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>Repeats the scheduler's step: when something is due, when an attempt has news, when another process wrote into the ledger.</summary>
/// <param name="ledger">The scheduler's own connection.</param>
/// <param name="scheduler">What is repeated.</param>
/// <param name="wakes">One word for every piece of news.</param>
/// <param name="time">The clock.</param>
internal sealed class DispatchLoop(Ledger.Ledger ledger, Scheduler scheduler, ChannelReader<bool> wakes, TimeProvider time)
{
    /// <summary>How soon a wish that another process wrote is seen.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs until it is stopped, or until <paramref name="done"/> says so after a step.</summary>
    public async Task RunAsync(Action beforeStep, Func<bool> done, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            beforeStep();
            long due = time.GetTimestamp() + (long)(scheduler.Tick().TotalSeconds * time.TimestampFrequency);
            if (done()) return;
            long version = ledger.Version;
            while (time.GetTimestamp() < due && ledger.Version == version && !stop.IsCancellationRequested)
            {
                TimeSpan left = time.GetElapsedTime(time.GetTimestamp(), due);
                if (await NewsAsync(left < Look ? left : Look, stop)) break;
            }
        }
    }

    /// <summary>True when there was news before the time was over.</summary>
    private async Task<bool> NewsAsync(TimeSpan span, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task<bool> news = wakes.WaitToReadAsync(over.Token).AsTask();
        Task first = await Task.WhenAny(news, Task.Delay(span, time, over.Token));
        await over.CancelAsync();
        if (first != news) return false;
        while (wakes.TryRead(out _))
        {
            // All news is looked at in one step.
        }

        return true;
    }
}
