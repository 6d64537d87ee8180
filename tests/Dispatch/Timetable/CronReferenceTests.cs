using System.Diagnostics;
using BatchScoring.Dispatcher.Timetable;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Dispatch.Timetable;

/// <summary>
/// Cron against the minute-by-minute reference, around the changes of clocks in all zones that the system knows. With
/// <c>BATCHSCORING_FULL=1</c>: every change from 2000 to 2037 and 200 expressions.
/// </summary>
public sealed class CronReferenceTests(ITestOutputHelper output)
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("BATCHSCORING_FULL") == "1";

    private static readonly string[] Told =
    [
        "30 2 * * *", "0 2 * * *", "0 3 * * *", "15,45 2 * * *", "*/15 * * * *", "* * * * *", "30 1-3 * * *", "0 */2 * * *",
        "30 * * * *",
        "0 0 * * *", "59 23 * * *", "30 0 * * *", "5/20 1 * * *", "30 2 * * 0", "0 2 1-7 3 0", "15 2,3 * 10,11 *", "0 0 1 1 *",
        "30 1 * * 7",
    ];

    [Fact]
    public void Between_AroundChangesOfClocks_IsWhatTheReferenceSays()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        output.WriteLine($"seed {seed}");
        var clock = Stopwatch.StartNew();
        TimeSpan cpuBefore = Process.GetCurrentProcess().TotalProcessorTime;
        string[] texts = [.. Told, .. Enumerable.Range(0, Full ? 200 - Told.Length : 14).Select(_ => Expression(random))];
        SlowCron[] expressions = [.. texts.Distinct().Select(text => new SlowCron(text))];
        (TimeZoneInfo Zone, DateTimeOffset[] Changes)[] zones = Zones(random);
        long compared = 0, firings = 0;
        List<string> different = [];
        object gate = new();
        Parallel.ForEach(zones.SelectMany(zone => zone.Changes.Select(change => (zone.Zone, change))), at =>
        {
            var minutes = new ZoneMinutes(at.Zone, at.change);
            foreach (SlowCron cron in expressions)
            {
                List<DateTimeOffset> due = minutes.Due(cron);
                var schedule = CronSchedule.Parse(cron.Text, seconds: false, cron.SetsBothDays ? "and" : null, at.Zone);
                string? difference = Difference(schedule, minutes, due, at.change);
                Interlocked.Increment(ref compared);
                Interlocked.Add(ref firings, due.Count);
                if (difference is not null) lock (gate) different.Add($"{cron.Text} {at.Zone.Id} {at.change:u}: {difference}");
            }
        });

        output.WriteLine($"{zones.Length} zone rules, {zones.Sum(z => z.Changes.Length):N0} changes, {expressions.Length} expressions: " +
            $"{compared:N0} comparisons, {firings:N0} firings, {different.Count} differences; {clock.Elapsed.TotalSeconds:N1} s, " +
            $"{(Process.GetCurrentProcess().TotalProcessorTime - cpuBefore).TotalSeconds:N1} CPU s");
        // How many zones and changes there are is the dice's to say.
        compared.ShouldBe(zones.Sum(zone => (long)zone.Changes.Length) * expressions.Length);
        compared.ShouldBeGreaterThan(500);
        firings.ShouldBeGreaterThan(compared);
        different.Take(20).ShouldBeEmpty($"seed {seed}, {different.Count} in all");
    }

    /// <summary>Null when equal, also when the list is asked for from some instant in its middle, as after a restart.</summary>
    private static string? Difference(CronSchedule schedule, ZoneMinutes minutes, List<DateTimeOffset> due, DateTimeOffset change)
    {
        Firing[] firings = [.. schedule.Between(minutes.From, minutes.Until)];
        if (!firings.Select(f => f.Due).SequenceEqual(due))
        {
            return $"expected {string.Join(", ", due.Except(firings.Select(f => f.Due)).Take(5).Select(d => $"{d:u}"))} " +
                $"and not {string.Join(", ", firings.Select(f => f.Due).Except(due).Take(5).Select(d => $"{d:u}"))}";
        }

        if (firings.Select(f => f.Slot).Distinct(StringComparer.Ordinal).Count() != firings.Length) return "two firings have one slot";
        foreach (DateTimeOffset after in new[] { change, change.AddMinutes(31), change.AddHours(-1), change.AddMinutes(-1) })
        {
            Firing[] rest = [.. schedule.Between(after, minutes.Until)];
            if (!rest.SequenceEqual(firings.Where(f => f.Due > after))) return $"other firings after {after:u}";
        }

        return null;
    }

    /// <summary>One zone for each set of rules; some of them where not all are wanted, with some of their changes.</summary>
    private static (TimeZoneInfo Zone, DateTimeOffset[] Changes)[] Zones(Random random)
    {
        TimeZoneInfo[] all = [.. TimeZoneInfo.GetSystemTimeZones()];
        if (Full)
        {
            return
            [
                .. all.AsParallel().Select(zone => (zone, Changes: ZoneMinutes.Changes(zone).ToArray()))
                    .GroupBy(z => string.Join(',', z.Changes.Select(c => $"{c.UtcTicks}{z.zone.GetUtcOffset(c)}")))
                    .Select(group => group.First()).Where(z => z.Changes.Length > 0),
            ];
        }

        string[] told =
        [
            "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Africa/Casablanca", "Africa/Cairo",
            "Pacific/Apia", "America/Asuncion", "Asia/Gaza",
        ];
        return
        [
            .. told.Select(TimeZoneInfo.FindSystemTimeZoneById).Concat(random.GetItems(all, 10)).Distinct()
                .Select(zone => (zone, Changes: ZoneMinutes.Changes(zone).ToArray())).Where(z => z.Changes.Length > 0)
                .Select(z => (z.zone, random.GetItems(z.Changes, 6))),
        ];
    }

    private static string Expression(Random random)
    {
        string days = random.Next(4) == 0 ? Field(random, 1, 28) : "*";
        string weekdays = random.Next(4) == 0 ? Field(random, 0, 6) : "*";
        return $"{Field(random, 0, 59)} {Field(random, 0, 23)} {days} {(random.Next(5) == 0 ? Field(random, 1, 12) : "*")} {weekdays}";
    }

    private static string Field(Random random, int least, int most)
    {
        int value = random.Next(least, most + 1);
        return random.Next(8) switch
        {
            0 => "*",
            1 => $"*/{random.Next(2, Math.Max(3, most / 2))}",
            2 => $"{value}-{random.Next(value, most + 1)}",
            3 => $"{value},{random.Next(least, most + 1)}",
            4 => $"{value}/{random.Next(2, Math.Max(3, most / 2))}",
            _ => $"{value}",
        };
    }
}
