using System.Collections.Concurrent;
using System.Diagnostics;
using BatchScoring.Tests.Dispatch.Timetable;

namespace BatchScoring.Bench.Dispatching;

/// <summary>A year of firings in six zones beside what a minute-by-minute reference says.</summary>
internal sealed class Year(IReadOnlyList<Peer> peers)
{
    private static readonly DateTimeOffset From = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), Until = From.AddYears(1);

    private static readonly string[] Zones =
    [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Africa/Casablanca", "Africa/Cairo",
    ];

    private static readonly string[] Lines = ["30 2 * * *", "0 0 * * *", "15,45 2 * * *", "0 * * * *", "*/15 * * * *"];

    private readonly ConcurrentDictionary<(string Who, string Zone, string Line), (int Missed, int Extra)> _found = new();
    private readonly ConcurrentDictionary<(string Zone, string Line), HashSet<long>> _due = new();

    public async Task RunAsync()
    {
        Parallel.ForEach(Zones, zone =>
        {
            // Peers begin after the first instant, and have not to tell the last one.
            var minutes = new ZoneMinutes(TimeZoneInfo.FindSystemTimeZoneById(zone), From, Until.AddMinutes(-1));
            foreach (string line in Lines) _due[(zone, line)] = [.. minutes.Due(new SlowCron(line)).Select(at => at.ToUnixTimeSeconds())];
        });
        Console.WriteLine($"{From.Year}, {Zones.Length} zones × {Lines.Length} lines ({string.Join("; ", Lines)}), "
            + $"{_due.Values.Sum(due => due.Count):N0} firings by the minute-by-minute reference");
        await TellAsync("ours, scheduler and ledger", zone =>
        {
            long[][] started = OurYear.Run(Lines, zone, From, Until);
            for (int i = 0; i < Lines.Length; i++) Judge("ours, scheduler and ledger", zone, Lines[i], started[i]);
            return Task.CompletedTask;
        });
        foreach (Peer peer in peers)
        {
            if (!peer.HasYear) Console.WriteLine($"{peer.Name}: has no virtual clock; a year of it is not run here");
            else if (peer.Version() is not { } version) Console.WriteLine($"{peer.Name}: not here; {peer.Missing}");
            else await TellAsync($"{peer.Name} {version}", zone => AskAsync(peer, $"{peer.Name} {version}", zone));
        }
    }

    private async Task AskAsync(Peer peer, string who, string zone)
    {
        foreach (string line in Lines)
        {
            (long[] fired, string said) = await peer.YearAsync(line, zone, From, Until);
            Judge(who, zone, line, fired);
            if (said.Length > 0) Console.WriteLine($"{who}, {zone}, '{line}': {said}");
        }
    }

    private void Judge(string who, string zone, string line, long[] fired)
    {
        HashSet<long> due = _due[(zone, line)];
        long from = From.ToUnixTimeSeconds(), until = Until.ToUnixTimeSeconds();
        long[] inside = [.. fired.Where(at => at > from && at < until).Select(at => at - (at % 60))];
        int missed = due.Except(inside).Count();
        // A second firing in the same minute is one too many, as one that nobody asked for.
        _found[(who, zone, line)] = (missed, inside.Length - due.Intersect(inside).Count());
    }

    private async Task TellAsync(string who, Func<string, Task> zone)
    {
        long from = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Zones, async (each, _) => await zone(each));
        KeyValuePair<(string Who, string Zone, string Line), (int Missed, int Extra)>[] found =
            [.. _found.Where(each => each.Key.Who == who).OrderBy(each => Array.IndexOf(Zones, each.Key.Zone))];
        string[] bad =
        [
            .. found.Where(each => each.Value != (0, 0)).Select(each =>
                $"{each.Key.Zone.Split('/')[1]} '{each.Key.Line}' {each.Value.Missed}/{each.Value.Extra}"),
        ];
        string where = bad.Length == 0 ? "" : $" (missed/extra: {string.Join(", ", bad)})";
        Console.WriteLine($"{who}: {found.Sum(each => each.Value.Missed)} missed, {found.Sum(each => each.Value.Extra)} extra{where}; "
            + $"{Stopwatch.GetElapsedTime(from).TotalSeconds:0} s");
    }
}
