using System.Threading.Channels;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Ledger;
using Microsoft.Data.Sqlite;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>Repeats the scheduler's step: when something is due, when an attempt has news, when another process wrote into the ledger.</summary>
/// <param name="ledger">The scheduler's own connection.</param>
/// <param name="scheduler">What is repeated.</param>
/// <param name="wakes">One word for every piece of news.</param>
/// <param name="say">Takes what the machine's log should have.</param>
/// <param name="time">The clock.</param>
internal sealed class DispatchLoop(
    Ledger.Ledger ledger, Scheduler scheduler, ChannelReader<bool> wakes, Action<string> say, TimeProvider time)
{
    /// <summary>How soon a ledger that could not be written is tried again.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    /// <summary>How soon a wish that another process wrote is seen.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly ClockWatch _clock = new(time);
    private string? _trouble;
    private string? _other;

    /// <summary>Runs until it is stopped, or until <paramref name="done"/> says so after a step.</summary>
    public async Task RunAsync(Action beforeStep, Func<bool> done, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            beforeStep();
            long due = time.GetTimestamp() + (long)(Tick().TotalSeconds * time.TimestampFrequency);
            if (done()) return;
            long version = ledger.Version;
            while (ledger.Version == version && !stop.IsCancellationRequested)
            {
                // The clock is read once: between two looks at it the time may be over, and a wait of less than nothing is none, or for ever.
                TimeSpan left = time.GetElapsedTime(time.GetTimestamp(), due);
                if (left <= TimeSpan.Zero || await NewsAsync(left < Look ? left : Look, stop)) break;
            }
        }
    }

    /// <summary>A full disk, or another program that holds the ledger, passes: until then nothing can be decided, and nothing is lost.</summary>
    private TimeSpan Tick()
    {
        try
        {
            if (_clock.Look() is { } set)
            {
                say(set);
                ledger.Write(sql => ClockWatch.Tell(sql, set, time.GetUtcNow()));
            }

            TimeSpan wait = scheduler.Tick();
            TellLeader();
            if (_trouble is not null) say("The ledger can be written again.");
            _trouble = null;
            return wait;
        }
        catch (SqliteException e)
        {
            return Wait(Dispatcher.Ledger.Ledger.Error(ledger.Path, e));
        }
        catch (BatchScoringException e) when (LedgerErrors.MayPass(e))
        {
            return Wait(e);
        }
    }

    private void TellLeader()
    {
        if (scheduler.Other == _other) return;
        _other = scheduler.Other;
        say(_other?.Split(':') is [var host, _, var process, _]
            ? $"Another dispatcher leads: process {process} on {host}. This one waits, and takes over when that one ends or is silent."
            : "This dispatcher leads now.");
    }

    private TimeSpan Wait(BatchScoringException trouble)
    {
        if (_trouble != trouble.Message) say($"{trouble.Message} Until it can be written nothing begins; what runs elsewhere goes on.");
        _trouble = trouble.Message;
        return Again;
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
