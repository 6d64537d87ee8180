using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Simulation;

/// <summary>The real scheduler and ledger on a virtual clock, against a modelled cluster, through days of faults.</summary>
internal static class SimulatedYear
{
    /// <summary>What was due until the end may still be done in this time, without further faults.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromDays(1);

    private static readonly TimeSpan Arriving = TimeSpan.FromSeconds(1);

    /// <summary>Runs it.</summary>
    /// <param name="expected">What each pipeline should have run, by a reference that is not the scheduler's: ids of runs.</param>
    public static SimulationResult Run(
        IReadOnlyList<Pipeline> pipelines, IReadOnlySet<string> expected, DateTimeOffset start, int days, Faults faults, ClusterModel model,
        int seed)
    {
        using var world = new SimulationWorld(pipelines, start, model, seed);
        SimulatedDispatcher[] dispatchers = [.. Enumerable.Range(0, faults.Dispatchers).Select(_ => new SimulatedDispatcher(world))];
        world.Others = self => dispatchers.Where(other => other != self);
        DateTimeOffset end = start.AddDays(days);
        // A pipeline counts from when it was first seen: that comes before the first fault.
        GoThrough(world, dispatchers, start + Arriving);
        world.Begin(faults);
        GoThrough(world, dispatchers, end);
        world.Settle();
        GoThrough(world, dispatchers, end + Settling);
        return Judge(world, expected, end, dispatchers.Sum(dispatcher => dispatcher.Deaths));
    }

    private static void GoThrough(SimulationWorld world, SimulatedDispatcher[] dispatchers, DateTimeOffset end)
    {
        DateTimeOffset strike = world.NextFault();
        while (world.Clock.True < end)
        {
            SimulatedDispatcher next = dispatchers.MinBy(dispatcher => dispatcher.Wake)!;
            DateTimeOffset instant = next.Wake < strike ? next.Wake : strike;
            if (instant > world.Clock.True) world.Clock.Advance(instant - world.Clock.True);
            if (strike <= instant)
            {
                world.Strike(dispatchers);
                strike = world.NextFault();
                continue;
            }

            next.Act();
        }
    }

    private static SimulationResult Judge(SimulationWorld world, IReadOnlySet<string> expected, DateTimeOffset end, int deaths)
    {
        List<RunRow> runs = world.Ledger.Sql.Query(
            $"SELECT {RunRow.Columns} FROM runs WHERE due <= $end", RunRow.Read, ("$end", end));
        var ran = runs.Where(run => run.State is RunState.Ok or RunState.Late or RunState.Failed).ToDictionary(run => run.Id, StringComparer.Ordinal);
        string[] missed = [.. expected.Where(id => !ran.ContainsKey(id))];
        string[] extra = [.. runs.Where(run => run.State != RunState.Skipped && !expected.Contains(run.Id)).Select(run => run.Id)];
        string[] twice = [.. world.Cluster.Done.Where(done => done.Value > 1).Select(done => done.Key)];
        return new SimulationResult(
            expected.Count, missed, extra, twice, world.Cluster.Overlapping, world.Cluster.Begun, world.Cluster.Refused, deaths,
            runs.Count(run => run.State == RunState.Late), runs.Count(run => run.State == RunState.Failed),
            LedgerNews.Twice(world.Ledger.Sql), LedgerNews.Alarms(world.Ledger.Sql));
    }
}

/// <summary>What a simulation saw.</summary>
/// <param name="Missed">Runs that should have been.</param>
/// <param name="Extra">Runs that nobody asked for.</param>
/// <param name="Twice">Steps that were done more than once.</param>
/// <param name="Overlapping">Jobs that were begun while one of the same step still ran.</param>
internal sealed record SimulationResult(
    int Expected, IReadOnlyList<string> Missed, IReadOnlyList<string> Extra, IReadOnlyList<string> Twice, int Overlapping, int Begun,
    int Refused, int Deaths, int Late, int Failed, int ToldTwice, int Alarms);
