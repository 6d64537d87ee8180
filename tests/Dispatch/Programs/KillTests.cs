using System.Globalization;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Tests.Testing;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Dispatch.Programs;

/// <summary>The real program, killed without warning again and again while runs come every few seconds.</summary>
public class KillTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Kills_AtAnyMoment_LoseNoRun_AndDoNothingTwice()
    {
        int kills = Environment.GetEnvironmentVariable("BATCHSCORING_FULL") == "1" ? 100 : 12, seed = 20261128;
        output.WriteLine($"seed {seed}, {kills} kills");
        var random = new Random(seed);
        using var folder = new DispatcherFolder(("tick",
            """
            schedule: {cron: "*/2 * * * * *", seconds: true, zone: UTC}
            catch_up: 1000
            overlap: queue
            steps:
            - {name: one, exec: {host: local, command: [sh, -c, "echo {run}.one >> FOLDER/done; sleep 0.2"]}}
            - {name: two, exec: {host: local, command: [sh, -c, "echo {run}.two >> FOLDER/done; sleep 0.2"]}}
            """));
        string file = Path.Combine(folder.Path, "pipelines", "tick.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("FOLDER", folder.Path, StringComparison.Ordinal));

        List<double> back = [];
        for (int kill = 0; kill < kills; kill++)
        {
            int before = folder.Lines("done").Length;
            long started = TimeProvider.System.GetTimestamp();
            folder.Start();
            await Poll.UntilAsync(() => folder.Lines("done").Length > before, TimeSpan.FromSeconds(30), "a step after the start");
            back.Add(TimeProvider.System.GetElapsedTime(started).TotalSeconds);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1500)), TimeProvider.System);
            folder.Kill();
        }

        folder.Start();
        DateTimeOffset end = TimeProvider.System.GetUtcNow();
        await Poll.UntilAsync(() => folder.Runs().TrueForAll(run => run.Ended is not null || run.Due > end), TimeSpan.FromSeconds(60), "the end of all runs");
        folder.Kill();
        back.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"start to first step (with up to 2 s until one is due): median {back[back.Count / 2]:0.00} s, longest {back[^1]:0.00} s"));
        Judge(folder.Runs().FindAll(run => run.Due <= end), folder.Lines("done"));
    }

    private void Judge(List<RunRow> runs, string[] done)
    {
        output.WriteLine($"{runs.Count} firings: {runs.Count(run => run.State == RunState.Ok)} ran, the others waited and were left out");
        for (int n = 1; n < runs.Count; n++) (runs[n].Due - runs[n - 1].Due).ShouldBe(Period, $"every firing has its row; after {runs[n - 1].Id}");
        runs.ShouldAllBe(run => run.State == RunState.Ok || (run.State == RunState.Skipped && run.Reason != null));
        string[] expected = [.. runs.Where(run => run.State == RunState.Ok).SelectMany(run => new[] { $"{run.Id}.one", $"{run.Id}.two" })];
        done.Where(line => runs.Exists(run => line.StartsWith(run.Id + ".", StringComparison.Ordinal))).Order(StringComparer.Ordinal)
            .ShouldBe(expected.Order(StringComparer.Ordinal), "each step once");
    }
}
