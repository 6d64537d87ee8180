using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Simulation;
using BatchScoring.Dispatcher.Timetable;
using BatchScoring.Tests.Dispatch;

namespace BatchScoring.Bench.Dispatching;

/// <summary>Our own year: the real scheduler and ledger on a virtual clock; a job takes a minute.</summary>
internal static class OurYear
{
    /// <returns>Seconds since 1970 at which each line's runs began.</returns>
    public static long[][] Run(IReadOnlyList<string> lines, string zone, DateTimeOffset from, DateTimeOffset until)
    {
        Pipeline[] pipelines = [.. lines.Select((line, i) => TestPipelines.Parse($"line-{i}",
            $$"""
            schedule: {cron: "{{line}}", zone: {{zone}}}
            overlap: queue
            steps:
            - name: work
              exec: {host: here, command: [work]}
            """))];
        using var world = new SimulationWorld(pipelines, from, new ClusterModel(TimeSpan.FromMinutes(1), 1, 0), seed: 1);
        var dispatcher = new SimulatedDispatcher(world);
        while (world.Clock.True < until)
        {
            if (dispatcher.Wake > world.Clock.True) world.Clock.Advance(dispatcher.Wake - world.Clock.True);
            dispatcher.Act();
        }

        ILookup<string, long> started = world.Ledger.Sql
            .Query($"SELECT {RunRow.Columns} FROM runs WHERE started IS NOT NULL", RunRow.Read)
            .ToLookup(run => run.Pipeline, run => run.Started!.Value.ToUnixTimeSeconds(), StringComparer.Ordinal);
        return [.. pipelines.Select(pipeline => started[pipeline.Name].Order().ToArray())];
    }
}
