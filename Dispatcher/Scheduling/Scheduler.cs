using BatchScoring.Core;
using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>
/// The whole of the dispatcher's decisions, as one step that is repeated: look at the clock and the ledger, write what follows, begin what
/// was written. It keeps nothing in memory that the ledger does not have, so it may die at any statement; it never waits, so a
/// simulation drives it through years.
/// </summary>
/// <remarks>For one thread.</remarks>
internal sealed class Scheduler(
    Ledger.Ledger ledger, Lease lease, Definitions definitions, RunQueue queue, IStepRunner runner, IRunNews news, TimeProvider time)
{
    private readonly Firings _firings = new(definitions);
    private readonly Alarms _alarms = new(news);
    private readonly RunSteps _steps = new(ledger, lease, definitions, runner, news);
    private readonly Promises _promises = new(definitions, news);

    private EndedAttempt? _ended;

    /// <summary>A run that alone is gone on with, and no timetable is kept; null: all.</summary>
    public string? Only { get; init; }

    /// <summary>True while this one leads.</summary>
    public bool Leads => lease.Fence is not null;

    /// <summary>Who leads instead: <c>host:boot:pid:start</c>; or null.</summary>
    public string? Other => Leads ? null : lease.Other;

    /// <summary>Does all that is due now.</summary>
    /// <returns>How long nothing further will be due.</returns>
    public TimeSpan Tick()
    {
        try
        {
            if (lease.Hold()) return Lead();
        }
        catch (BatchScoringException e) when (e.Is(LedgerErrors.NotLeader))
        {
            // Somebody else goes on where we stopped.
        }

        runner.Abandon();
        _ended = null;
        return lease.Beat;
    }

    private TimeSpan Lead()
    {
        DateTimeOffset now = time.GetUtcNow();
        if (Only is null && _firings.IsDue(now)) Write(sql => _firings.Consider(sql, now));
        while (runner.TakeTold() is { } told) Write(sql => Runs.Tell(sql, told));
        while ((_ended ??= runner.TakeEnded()) is { } ended)
        {
            // Kept until it is written: the disk may be full.
            _steps.Take(ended, now);
            _ended = null;
        }

        List<RunRow> open = Open();
        if (open.Count == 0) return Sleep(now, _firings.Next, null, null, null);
        DateTimeOffset? retry = Advance(open.Where(run => run.State == RunState.Running), now);
        open = Open();
        if (open.Exists(run => run.State == RunState.Queued))
        {
            EndCancelled(open, now);
            SkipHopeless(open, now);
            DateTimeOffset? begun = Advance(Write(sql => queue.Begin(sql, open, now)), now);
            retry = retry < begun ? retry : begun ?? retry;
            open = Open();
        }

        Write(sql => _promises.Watch(sql, open, now));
        return Sleep(now, _firings.Next, retry, queue.NextChange(open, now), Promises.Next(open, now));
    }

    private List<RunRow> Open() => Runs.Open(ledger.Sql).FindAll(run => Only is null || run.Id == Only);

    private DateTimeOffset? Advance(IEnumerable<RunRow> runs, DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        foreach (RunRow run in runs.ToArray())
        {
            DateTimeOffset? again = _steps.Advance(run, now);
            next = next < again ? next : again ?? next;
        }

        return next;
    }

    /// <summary>What was cancelled before it began has no step to end it.</summary>
    private void EndCancelled(List<RunRow> open, DateTimeOffset now)
    {
        foreach (RunRow run in open.FindAll(run => run is { State: RunState.Queued, Cancel: not null }))
        {
            Write(sql => Runs.Begin(sql, run.Id, now));
            _steps.Advance(run, now);
            open.Remove(run);
        }
    }

    /// <summary>What cannot be done in time any more is not begun, where the pipeline says so. A person who asks for a run gets it.</summary>
    private void SkipHopeless(List<RunRow> open, DateTimeOffset now)
    {
        foreach (RunRow run in open.FindAll(run => run is { State: RunState.Queued, Trigger: RunTrigger.Schedule or RunTrigger.CatchUp }))
        {
            if (BatchWindow.WhyHopeless(ledger.Sql, definitions.Of(ledger.Sql, run), run, now) is not { } why) continue;
            Write(sql =>
            {
                Runs.Skip(sql, run.Id, why, now);
                _alarms.Raise(sql, run, Alarms.CannotEnd, why, now);
            });
            open.Remove(run);
        }
    }

    private void Write(Action<LedgerSql> action) => Write<object?>(sql =>
    {
        action(sql);
        return null;
    });

    private T Write<T>(Func<LedgerSql, T> action) => ledger.Write(sql =>
    {
        lease.Require(sql);
        return action(sql);
    });

    private TimeSpan Sleep(DateTimeOffset now, params ReadOnlySpan<DateTimeOffset?> instants)
    {
        TimeSpan sleep = lease.Beat;
        foreach (DateTimeOffset? instant in instants)
        {
            if (instant - now is { } span && span < sleep) sleep = span;
        }

        return sleep > TimeSpan.Zero ? sleep : TimeSpan.Zero;
    }
}
