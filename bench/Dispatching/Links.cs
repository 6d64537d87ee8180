using System.Collections.Concurrent;

namespace BatchScoring.Bench.Dispatching;

/// <summary>The same cuts of a link for everybody.</summary>
internal sealed class Links(Options options)
{
    private const int AtATime = 6;

    private static readonly string[] Everybody = ["ssh.net", "openssh", "plain ssh", "wrapper"];

    public async Task RunAsync()
    {
        ConcurrentBag<LinkResult> results = [];
        (int Seed, string Who)[] runs =
            [.. Enumerable.Range(options.Seed, options.Cuts).SelectMany(seed => Everybody.Select(who => (seed, who)))];
        await Parallel.ForEachAsync(runs, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (run, _) =>
        {
            await using var link = new LinkRun(options.Peers, run.Seed, run.Who);
            results.Add(await link.RunAsync());
        });
        Console.WriteLine($"{options.Cuts} cuts of a link (seed {options.Seed}; reset, black hole, half open, server killed by turns) of "
            + $"{10 / LinkRun.Scale} to {300 / LinkRun.Scale} s during a job of {60 / LinkRun.Scale} s: {LinkRun.Scale} times as fast as "
            + "10 to 300 s and a minute; the wrapper's waits, too, ours not");
        foreach (string who in Everybody)
        {
            LinkResult[] theirs = [.. results.Where(result => result.Who == who)];
            var back = new Spread(theirs.Where(result => result.Back is not null).Select(result => result.Back!.Value.TotalMilliseconds));
            Console.WriteLine($"{Name(who)}: end not known {theirs.Count(result => !result.Told)}, "
                + $"job died {theirs.Count(result => result.Ended == 0)}, started twice {theirs.Count(result => result.Started > 1)}; "
                + $"heard of again after the link's return: {back.Text("cuts")}");
        }
    }

    private static string Name(string who) => who switch
    {
        "plain ssh" => "cron and plain ssh (one try)",
        "wrapper" => "wrapper like Airflow's (one retry)",
        _ => $"ours by {who}",
    };
}
