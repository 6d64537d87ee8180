using System.Threading.Channels;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Mail;
using BatchScoring.Dispatcher.Steps;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>One dispatcher at work: its connection to the ledger, its lease, its attempts and its loop.</summary>
internal sealed class DispatcherService : IDisposable
{
    private readonly TimetableFolder _timetable;
    private readonly MailRoom? _mail;
    private readonly Lease _lease;
    private readonly Scheduler _scheduler;
    private readonly DispatchLoop _loop;

    /// <param name="path">The ledger.</param>
    /// <param name="timetable">The pipelines.</param>
    /// <param name="kinds">What steps can do.</param>
    /// <param name="mail">Tells people; null: nobody is told.</param>
    /// <param name="maintenance">Spans in which nothing begins.</param>
    /// <param name="only">A run that alone is gone on with, and no timetable is kept; null: all that there is.</param>
    /// <param name="say">Takes what the machine's log should have.</param>
    public DispatcherService(
        string path, TimetableFolder timetable, IReadOnlyDictionary<string, IStepKind> kinds, MailRoom? mail,
        IReadOnlyList<Maintenance> maintenance, string? only, Action<string> say, TimeProvider time)
    {
        _timetable = timetable;
        _mail = mail;
        Ledger = Dispatcher.Ledger.Ledger.Open(path);
        var wakes = Channel.CreateUnbounded<bool>();
        _lease = new Lease(Ledger, ProcessIdentity.Own, time, ProcessIdentity.IsDead, LeaseLife);
        var runner = new StepRunner(kinds, time, () => wakes.Writer.TryWrite(true));
        IRunNews news = mail?.News(timetable.Definitions) ?? new NoNews();
        var queue = new RunQueue(timetable.Definitions, Places, maintenance);
        _scheduler = new Scheduler(Ledger, _lease, timetable.Definitions, queue, runner, news, time) { Only = only };
        _loop = new DispatchLoop(Ledger, _scheduler, wakes.Reader, say, time);
    }

    /// <summary>How long a leader that says nothing keeps the lead; one that died on this machine loses it at once.</summary>
    private static TimeSpan LeaseLife { get; } = TimeSpan.FromSeconds(15);

    /// <summary>Runs that go on at once.</summary>
    private const int Places = 16;

    public Ledger.Ledger Ledger { get; }

    public bool Leads => _scheduler.Leads;

    /// <summary>
    /// Works until it is told to stop. What runs elsewhere goes on then and is found again by the next dispatcher; the lead is given up.
    /// </summary>
    public async Task RunAsync(Func<bool> done, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task mail = _mail is null
            ? Task.CompletedTask
            : Task.Run(() => _mail.RunAsync(() => _lease.Fence, over.Token), CancellationToken.None);
        try
        {
            await _loop.RunAsync(() => _timetable.Refresh(), done, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
        finally
        {
            await over.CancelAsync();
            await mail;
        }

        _lease.Release();
    }

    /// <inheritdoc/>
    public void Dispose() => Ledger.Dispose();
}
