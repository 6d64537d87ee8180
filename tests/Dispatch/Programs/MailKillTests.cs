using System.Globalization;
using System.Text;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Tests.Dispatch.Mail;
using BatchScoring.Tests.Testing;
using MimeKit;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Dispatch.Programs;

/// <summary>The real program, killed without warning while letters leave: each arrives, and twice only where the outbox says so.</summary>
public class MailKillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Kills_WhileLettersLeave_LoseNone_AndDoubleOnlyAsTold()
    {
        int kills = Environment.GetEnvironmentVariable("BATCHSCORING_FULL") == "1" ? 100 : 6, seed = 20261129;
        var random = new Random(seed);
        await using RawSmtp server = new();
        using var folder = new DispatcherFolder(("tick", """
            schedule: {cron: "*/2 * * * * *", seconds: true, zone: UTC}
            catch_up: 1000
            overlap: queue
            mail: [{to: jane@example.org}]
            steps:
            - {name: one, exec: {command: ["true"]}}
            """));
        File.AppendAllText(Path.Combine(folder.Path, "dispatcher.yaml"), FormattableString.Invariant(
            $"mail: {{from: scoring@example.org, smtp: {{host: 127.0.0.1, port: {server.Port}, tls: none, allow_clear: true}}}}\n"));
        for (int kill = 0; kill < kills; kill++)
        {
            int before = server.Lines.Count;
            folder.Start();
            await Poll.UntilAsync(() => server.Lines.Count > before, TimeSpan.FromSeconds(60), "a letter after the start");
            // From the first words of a conversation to after its end.
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(250)), TimeProvider.System);
            folder.Kill();
        }

        folder.Start();
        DateTimeOffset end = TimeProvider.System.GetUtcNow();
        await Poll.UntilAsync(() => IsQuiet(folder, end), TimeSpan.FromSeconds(90), "the end of all runs and letters");
        folder.Kill();
        Judge(folder, server, end, $"seed {seed}, {kills} kills");
    }

    private static bool IsQuiet(DispatcherFolder folder, DateTimeOffset end)
    {
        using var ledger = Ledger.Open(Path.Combine(folder.Path, "ledger.db"));
        return (long)ledger.Sql.Scalar("SELECT count(*) FROM runs WHERE ended IS NULL AND due <= $end", ("$end", end))! == 0
            && Outbox.List(ledger.Sql, null, int.MaxValue).TrueForAll(row => row.Created > end || row.State == OutboxState.Sent);
    }

    private void Judge(DispatcherFolder folder, RawSmtp server, DateTimeOffset end, string what)
    {
        var arrived = server.Letters
            .Select(letter => MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(letter.Content))).MessageId!)
            .GroupBy(id => id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        using var ledger = Ledger.Open(Path.Combine(folder.Path, "ledger.db"));
        OutboxRow[] rows = [.. Outbox.List(ledger.Sql, null, int.MaxValue).Where(row => row.Created <= end)];
        string[] ran = [.. folder.Runs().Where(run => run.State == RunState.Ok && run.Ended <= end).Select(run => run.Id)];
        ran.ShouldAllBe(run => rows.Count(row => row.Run == run) == 1, "each end wrote its letter");
        int doubled = 0;
        foreach (OutboxRow row in rows)
        {
            int times = arrived.GetValueOrDefault(row.MessageId.Trim('<', '>'));
            times.ShouldBeGreaterThan(0, $"{what}: the letter {row.MessageId} is lost");
            times.ShouldBeLessThanOrEqualTo(1 + row.Uncertain, $"{what}: the letter {row.MessageId} came {times} times, and nobody is told");
            if (times > 1) doubled++;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {ran.Length} runs, {rows.Length} letters, lost 0, doubled {doubled} and told; {rows.Count(row => row.Uncertain > 0)} told as possible"));
    }
}
