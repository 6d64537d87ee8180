using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Simulation;

/// <summary>What outlives every dispatcher of a simulation: time, ledger, cluster, mails, and the dice.</summary>
internal sealed class SimulationWorld : IDisposable
{
    private readonly Random _random;
    private Faults _faults = Faults.None;
    private bool _isFrozen;

    public SimulationWorld(IReadOnlyList<Pipeline> pipelines, DateTimeOffset start, ClusterModel model, int seed)
    {
        _random = new Random(seed);
        Pipelines = pipelines;
        Clock = new VirtualClock(start);
        Cluster = new ModelCluster(Clock, _random, model);
        Ledger = Dispatcher.Ledger.Ledger.InMemory();
        Ledger.Commits = _ => MayDie();
    }

    public IReadOnlyList<Pipeline> Pipelines { get; }

    public VirtualClock Clock { get; }

    public ModelCluster Cluster { get; }

    public Dispatcher.Ledger.Ledger Ledger { get; }

    /// <summary>The dispatchers besides one.</summary>
    public Func<SimulatedDispatcher, IEnumerable<SimulatedDispatcher>>? Others { get; set; }

    public LedgerNews News { get; } = new();

    /// <summary>Longer than in earnest, so that a year has fewer beats.</summary>
    public TimeSpan LeaseLife { get; } = TimeSpan.FromHours(1);

    /// <summary>Throws now and then, as a process dies.</summary>
    public void MayDie()
    {
        if (_faults.Deaths > 0 && _random.NextDouble() < _faults.Deaths) throw new SimulatedDeathException();
    }

    /// <summary>
    /// Now and then a dispatcher stands still between its decision and what it does, like a suspended virtual machine, while others go on.
    /// </summary>
    public void MayFreeze(SimulatedDispatcher self)
    {
        if (_isFrozen || Others is null || _faults.Deaths <= 0 || _random.NextDouble() >= 5 * _faults.Deaths) return;
        _isFrozen = true;
        DateTimeOffset thaw = Clock.True + (LeaseLife * 3 * _random.NextDouble());
        while (Others(self).MinBy(other => other.Wake) is { } next && next.Wake < thaw)
        {
            if (next.Wake > Clock.True) Clock.Advance(next.Wake - Clock.True);
            next.Act();
        }

        if (thaw > Clock.True) Clock.Advance(thaw - Clock.True);
        _isFrozen = false;
    }

    /// <summary>How long a dead dispatcher stays away: 0 to 3 hours, often short.</summary>
    public TimeSpan DownTime() => TimeSpan.FromHours(3 * Math.Pow(_random.NextDouble(), 4));

    /// <summary>The next fault that comes by the clock, or never.</summary>
    public DateTimeOffset NextFault() => _faults.PerDay <= 0
        ? DateTimeOffset.MaxValue
        : Clock.True + TimeSpan.FromDays(-Math.Log(1 - _random.NextDouble()) / _faults.PerDay);

    /// <summary>Does a fault to one of the dispatchers or to the clock.</summary>
    public void Strike(IReadOnlyList<SimulatedDispatcher> dispatchers)
    {
        SimulatedDispatcher victim = dispatchers[_random.Next(dispatchers.Count)];
        switch (_random.Next(4))
        {
            case 0: victim.Die(); break;
            case 1: victim.Freeze(TimeSpan.FromHours(2 * _random.NextDouble())); break;
            case 2: Clock.Jump(TimeSpan.FromHours(_random.NextDouble() < 0.5 ? -1 : 1)); break;
            default: Clock.Jump(null); break;
        }
    }

    /// <summary>From now on things go wrong.</summary>
    public void Begin(Faults faults) => _faults = faults;

    /// <summary>From now on nothing goes wrong, and the clock is right again.</summary>
    public void Settle()
    {
        Clock.Jump(null);
        _faults = Faults.None;
    }

    /// <inheritdoc/>
    public void Dispose() => Ledger.Dispose();
}

/// <summary>How often things go wrong.</summary>
/// <param name="Deaths">The chance that a dispatcher dies, at each commit and each start of a job.</param>
/// <param name="PerDay">Kills, freezes and jumps of the clock per day.</param>
/// <param name="Dispatchers">How many there are.</param>
internal sealed record Faults(double Deaths, double PerDay, int Dispatchers)
{
    public static Faults None { get; } = new(0, 0, 1);
}

/// <summary>Writes what people would have been told into the ledger, in the transaction that tells it.</summary>
internal sealed class LedgerNews : IRunNews
{
    /// <inheritdoc/>
    public void Ended(LedgerSql sql, RunRow run, IReadOnlyList<StepRow> steps) => Tell(sql, run, "ended");

    /// <inheritdoc/>
    public void Alarm(LedgerSql sql, RunRow run, string kind, string text) => Tell(sql, run, kind);

    /// <summary>How many runs were told of more than once.</summary>
    public static int Twice(LedgerSql sql) => (int)(long)sql.Scalar(
        "SELECT count(*) FROM (SELECT run FROM audit GROUP BY run, what HAVING count(*) > 1)")!;

    /// <summary>How many alarms were raised.</summary>
    public static int Alarms(LedgerSql sql) => (int)(long)sql.Scalar("SELECT count(*) FROM audit WHERE what <> 'ended'")!;

    private static void Tell(LedgerSql sql, RunRow run, string what) =>
        Runs.Audit(sql, run.Created, "simulation", what, run.Pipeline, run.Id, null);
}
