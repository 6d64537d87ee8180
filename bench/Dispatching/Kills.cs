using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Tests.Dispatch.Programs;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Bench.Dispatching;

/// <summary>The program killed without warning at moments that a seed chooses, while a run of two steps is due every second.</summary>
internal sealed class Kills(Options options)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public async Task RunAsync()
    {
        var random = new Random(options.Seed);
        using var folder = new DispatcherFolder { Program = options.Program };
        File.WriteAllText(Path.Combine(folder.Path, "dispatcher.yaml"), "page: {listen: \"127.0.0.1:0\"}\n");
        File.WriteAllText(Path.Combine(folder.Path, "pipelines", "tick.yaml"), $$"""
            schedule: {cron: "* * * * * *", seconds: true, zone: UTC}
            catch_up: 1000
            overlap: queue
            steps:
            - {name: one, exec: {command: "echo {run}.one >>{{folder.Path}}/done; sleep 0.1"} }
            - {name: two, exec: {command: "echo {run}.two >>{{folder.Path}}/done; sleep 0.1"} }
            """);
        List<double> back = [];
        for (int kill = 0; kill < options.Kills; kill++)
        {
            int before = folder.Lines("done").Length;
            long started = TimeProvider.System.GetTimestamp();
            folder.Start();
            await Poll.UntilAsync(() => folder.Lines("done").Length > before, Limit, "a step after the start");
            back.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1000)), TimeProvider.System);
            folder.Kill();
        }

        folder.Start();
        DateTimeOffset end = TimeProvider.System.GetUtcNow();
        await Poll.UntilAsync(() => folder.Runs().TrueForAll(run => run.Ended is not null || run.Due > end), Limit, "the end of all runs");
        folder.Kill();
        Console.WriteLine($"kill −9 ({options.Kills}, seed {options.Seed}), start of the program to its next step: "
            + new Spread(back).Text("starts"));
        Judge(folder.Runs().FindAll(run => run.Due <= end), folder.Lines("done"));
    }

    private static void Judge(List<RunRow> runs, string[] done)
    {
        int gaps = runs.Zip(runs.Skip(1)).Count(pair => pair.Second.Due - pair.First.Due != TimeSpan.FromSeconds(1));
        int ran = runs.Count(run => run.State == RunState.Ok);
        int left = runs.Count(run => run is { State: RunState.Skipped, Reason: not null });
        ILookup<string, string> lines = done.ToLookup(line => line, StringComparer.Ordinal);
        string[] steps =
        [
            .. runs.Where(run => run.State == RunState.Ok).SelectMany(run => new[] { $"{run.Id}.one", $"{run.Id}.two" }),
        ];
        int lost = gaps + runs.Count - ran - left + steps.Count(step => !lines.Contains(step));
        Console.WriteLine($"{runs.Count} firings: {ran} ran, {left} waited too long behind others and say so; lost {lost}, "
            + $"steps started twice {lines.Count(step => step.Count() > 1)}");
    }
}
