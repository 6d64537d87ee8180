using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Scheduling;

namespace BatchScoring.Dispatcher.Simulation;

/// <summary>One process of a simulation: the real scheduler, which may die, freeze and start again.</summary>
internal sealed class SimulatedDispatcher
{
    private readonly SimulationWorld _world;
    private Scheduler? _scheduler;
    private ModelRunner? _runner;

    public SimulatedDispatcher(SimulationWorld world)
    {
        _world = world;
        Wake = world.Clock.True;
    }

    /// <summary>When it does something next: a tick, or its start again.</summary>
    public DateTimeOffset Wake { get; private set; }

    public int Deaths { get; private set; }

    /// <summary>Does what is due; a death inside leaves it down for a while.</summary>
    public void Act()
    {
        if (_scheduler is null) Start();
        try
        {
            TimeSpan sleep = _scheduler!.Tick();
            DateTimeOffset next = _world.Clock.True + sleep;
            Wake = _runner!.NextEnd < next ? _runner.NextEnd.Value : next;
        }
        catch (SimulatedDeathException)
        {
            Die();
        }
    }

    /// <summary>It stops for a while in the middle of everything and knows nothing of it, like a suspended virtual machine.</summary>
    public void Freeze(TimeSpan span) => Wake = _world.Clock.True + span;

    /// <summary>kill −9.</summary>
    public void Die()
    {
        Deaths++;
        _scheduler = null;
        Wake = _world.Clock.True + _world.DownTime();
    }

    private void Start()
    {
        var definitions = new Definitions((_, _) => throw new InvalidOperationException("The timetable of a simulation does not change."));
        definitions.Use(_world.Pipelines);
        _runner = new ModelRunner(_world.Cluster, _world.Clock, _world.MayDie, () => _world.MayFreeze(this));
        var lease = new Lease(_world.Ledger, "simulated", _world.Clock, _ => false, _world.LeaseLife);
        _scheduler = new Scheduler(
            _world.Ledger, lease, definitions, new RunQueue(definitions, _world.Pipelines.Count, []), _runner, _world.News, _world.Clock);
    }
}

/// <summary>A process died here, as far as the simulation is concerned.</summary>
internal sealed class SimulatedDeathException : Exception;
