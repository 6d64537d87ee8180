using System.Security.Cryptography;
using System.Text.RegularExpressions;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Mail;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Mail;

/// <summary>What becomes of letters over hours and days, with a real server that is away, and a dispatcher that dies.</summary>
public sealed partial class OutboxSenderTests : IAsyncLifetime
{
    private static readonly MailGroup Jane = new(["jane@example.org"], [.. Enum.GetValues<MailOccasion>()]);
    private readonly TemporaryFolder _folder = new();
    private RawSmtp _server = null!;

    public Task InitializeAsync()
    {
        _server = new RawSmtp();
        return Task.CompletedTask;
    }

    /// <summary>200 runs end in the day in which the server refuses, greets with 421, hangs up, and does not answer.</summary>
    [Fact]
    public async Task ServerDownForADay_TwoHundredLetters_NoneLostNoneDoubled()
    {
        using MailWorld world = World();
        DateTimeOffset begin = world.Time.GetUtcNow();
        _server.Answer = (verb, _) => verb != "GREETING" ? null : ((world.Time.GetUtcNow() - begin).TotalHours % 3) switch
        {
            < 1 => "421 busy",
            < 2 => RawSmtp.Cut,
            _ => "451 not now",
        };
        await using SmtpTransport way = Way();
        OutboxSender sender = world.Sender((OutboxChannel.Smtp, way));
        for (int i = 0; i < 200; i++)
        {
            world.End($"2026-11-28t{i:0000}", i % 9 == 0 ? RunState.Failed : RunState.Ok, failure: i % 9 == 0 ? "no" : null);
            await TurnUntilAsync(world, sender, begin + (TimeSpan.FromDays(1) / 200 * (i + 1)));
        }

        _server.Letters.ShouldBeEmpty();
        int triesWhileDown = _server.Connections;
        _server.Answer = (_, _) => null;
        await TurnUntilAsync(world, sender, world.Time.GetUtcNow() + TimeSpan.FromHours(2));
        string[] ids = [.. _server.Letters.Select(letter => MessageId(letter.Content))];
        ids.Length.ShouldBe(200);
        ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(200);
        world.Letters().ShouldAllBe(letter => letter.State == OutboxState.Sent && letter.Uncertain == 0);
        // A minute doubling to an hour: about 30 tries, not one per letter and minute.
        triesWhileDown.ShouldBeInRange(20, 40);
    }

    [Fact]
    public async Task ServerDownForLonger_LettersAreGivenUpAfterADayAndShown_AndSentWhenSomebodyAsks()
    {
        using MailWorld world = World();
        _server.Answer = (verb, _) => verb == "GREETING" ? "421 busy" : null;
        await using SmtpTransport way = Way();
        OutboxSender sender = world.Sender((OutboxChannel.Smtp, way));
        for (int i = 0; i < 5; i++) world.End($"2026-11-2{i}", RunState.Ok);
        await TurnUntilAsync(world, sender, world.Time.GetUtcNow() + TimeSpan.FromHours(23.5));
        world.Letters(OutboxState.Pending).Count.ShouldBe(5);
        await TurnUntilAsync(world, sender, world.Time.GetUtcNow() + TimeSpan.FromHours(2));
        OutboxRow dead = world.Letters(OutboxState.Dead).First(letter => letter.Run == "app.2026-11-20.r1");
        world.Letters(OutboxState.Dead).Count.ShouldBe(5);
        dead.Answer.ShouldNotBeNull().ShouldContain("421");
        Outbox.Trouble(world.Ledger.Sql).Dead.ShouldBe(5);
        int connections = _server.Connections;
        await TurnUntilAsync(world, sender, world.Time.GetUtcNow() + TimeSpan.FromHours(5));
        _server.Connections.ShouldBe(connections);

        // Asked for, they are tried at once, though the way was closed for the next hour.
        world.End("2026-11-29", RunState.Ok);
        await sender.TurnAsync(default);
        world.Letters(OutboxState.Pending).Count.ShouldBe(1);
        _server.Answer = (_, _) => null;
        world.Ledger.Write(sql => Outbox.Revive(sql, null, world.Time.GetUtcNow()));
        await sender.TurnAsync(default);
        _server.Letters.Count.ShouldBe(6);
        world.Letters().ShouldAllBe(letter => letter.State == OutboxState.Sent);
    }

    /// <summary>Whoever guesses passwords locks the account.</summary>
    [Fact]
    public async Task WrongPassword_IsTriedOnceAnHourAndHealsByItself()
    {
        using MailWorld world = World();
        _server.Answer = (verb, _) => verb == "AUTH" ? "535 wrong" : null;
        await using SmtpTransport way = Way("jane");
        OutboxSender sender = world.Sender((OutboxChannel.Smtp, way));
        for (int i = 0; i < 10; i++) world.End($"2026-11-1{i}", RunState.Ok);
        await TurnUntilAsync(world, sender, world.Time.GetUtcNow() + TimeSpan.FromHours(6));
        _server.Lines.Count(line => line.StartsWith("AUTH", StringComparison.Ordinal)).ShouldBeInRange(6, 7);
        world.Letters().ShouldContain(letter => letter.Code == "MAIL_LOGIN_REFUSED");
        _server.Answer = (_, _) => null;
        await TurnUntilAsync(world, sender, world.Time.GetUtcNow() + TimeSpan.FromHours(2));
        _server.Letters.Count.ShouldBe(10);
    }

    [Fact]
    public async Task ReplyLost_LetterIsSentAgainWithTheSameIdAndToldAsPossiblyDoubled()
    {
        using MailWorld world = World();
        bool lost = false;
        _server.Answer = (verb, _) => verb == "." && !lost ? RawSmtp.Cut : null;
        await using SmtpTransport way = Way();
        OutboxSender sender = world.Sender((OutboxChannel.Smtp, way));
        world.End("2026-11-28", RunState.Ok);
        await sender.TurnAsync(default);
        lost = true;
        await TurnUntilAsync(world, sender, world.Time.GetUtcNow() + TimeSpan.FromHours(1));
        OutboxRow row = world.Letters().ShouldHaveSingleItem();
        row.State.ShouldBe(OutboxState.Sent);
        row.Uncertain.ShouldBe(1);
        _server.Dots.ShouldBe(2);
        MessageId(_server.Letters.ShouldHaveSingleItem().Content).ShouldBe(row.MessageId);
    }

    /// <summary>The server has the letter, and the dispatcher dies before it has written that.</summary>
    [Fact]
    public async Task DispatcherDies_BetweenDataAndCommit_EachDeathDoublesAtMostOneLetterAndIsTold()
    {
        using MailWorld world = World();
        const int Deaths = 5, Letters = 20;
        for (int i = 0; i < Letters; i++) world.End($"2026-10-{i + 1:00}", RunState.Ok);
        int[] dieAt = [2, 3, 9, 15, 21];
        for (int life = 0; life <= Deaths; life++)
        {
            await using SmtpTransport way = Way();
            world.Ledger.Commits = committed =>
            {
                if (!committed && life < Deaths && _server.Letters.Count == dieAt[life]) throw new ProcessDied();
            };
            OutboxSender sender = world.Sender((OutboxChannel.Smtp, way));
            try
            {
                await TurnUntilAsync(world, sender, world.Time.GetUtcNow() + TimeSpan.FromMinutes(5));
                life.ShouldBe(Deaths);
            }
            catch (ProcessDied)
            {
                world.Ledger.Commits = null;
                world.Lead();
            }
        }

        string[] ids = [.. _server.Letters.Select(letter => MessageId(letter.Content))];
        ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(Letters);
        ids.Length.ShouldBe(Letters + Deaths);
        world.Letters().ShouldAllBe(letter => letter.State == OutboxState.Sent);
        world.Letters().Sum(letter => letter.Uncertain).ShouldBe(Deaths);
    }

    [Fact]
    public async Task OneOfThreeFull_OnlyThatOneIsTriedAgain()
    {
        MailGroup three = new(["jane@example.org", "full@example.org", "gone@example.org"], [MailOccasion.Ok]);
        using MailWorld world = new(SmtpSettings(), three);
        bool full = true;
        _server.Answer = (verb, line) => verb != "RCPT" ? null
            : line.Contains("full@", StringComparison.Ordinal) && full ? "452 full"
            : line.Contains("gone@", StringComparison.Ordinal) ? "550 nobody" : null;
        await using SmtpTransport way = Way();
        OutboxSender sender = world.Sender((OutboxChannel.Smtp, way));
        world.End("2026-11-28", RunState.Ok);
        await sender.TurnAsync(default);
        world.Letters().Single().Remaining.ShouldBe(["full@example.org"]);
        full = false;
        await TurnUntilAsync(world, sender, world.Time.GetUtcNow() + TimeSpan.FromHours(1));
        _server.Letters.Select(letter => string.Join(',', letter.To)).ShouldBe(["jane@example.org", "full@example.org"]);
        _server.Lines.Count(line => line.Contains("gone@", StringComparison.Ordinal)).ShouldBe(1);
        world.Letters().Single().State.ShouldBe(OutboxState.Sent);
    }

    [Fact]
    public async Task AllRefused_IsDeadAtOnceAndRobsNoOtherLetter()
    {
        MailGroup gone = new(["gone@example.org"], [MailOccasion.Ok]);
        using MailWorld world = new(SmtpSettings(), gone, Jane);
        _server.Answer = (verb, line) => verb == "RCPT" && line.Contains("gone@", StringComparison.Ordinal) ? "550 nobody" : null;
        await using SmtpTransport way = Way();
        world.End("2026-11-28", RunState.Ok);
        await world.Sender((OutboxChannel.Smtp, way)).TurnAsync(default);
        world.Letters(OutboxState.Dead).Single().Answer.ShouldNotBeNull().ShouldContain("550");
        _server.Letters.Single().To.ShouldBe(["jane@example.org"]);
    }

    [Fact]
    public async Task AnotherLeads_NothingIsSent()
    {
        using MailWorld world = World();
        await using SmtpTransport way = Way();
        OutboxSender old = world.Sender((OutboxChannel.Smtp, way));
        world.End("2026-11-28", RunState.Ok);
        world.Lead();
        await old.TurnAsync(default);
        _server.Connections.ShouldBe(0);
        await world.Sender((OutboxChannel.Smtp, way)).TurnAsync(default);
        _server.Letters.Count.ShouldBe(1);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task TurnUntilAsync(MailWorld world, OutboxSender sender, DateTimeOffset end)
    {
        while (world.Time.GetUtcNow() < end)
        {
            TimeSpan wait = await sender.TurnAsync(default), left = end - world.Time.GetUtcNow();
            world.Time.Advance(wait < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : wait < left ? wait : left);
        }
    }

    private static string MessageId(string content) => IdHeader().Match(content).Groups["id"].Value;

    private static MailSettings SmtpSettings() => new(MailSamples.Sender, new SmtpSettings("localhost"));

    private static MailWorld World() => new(SmtpSettings(), Jane);

    private SmtpTransport Way(string? user = null)
    {
        File.WriteAllText(_folder.File("password"), "secret");
        return new SmtpTransport(new SmtpSettings("localhost", _server.Port, User: user,
            PasswordFile: user is null ? null : _folder.File("password"), Timeout: TimeSpan.FromSeconds(10),
            Pin: Convert.ToHexString(SHA256.HashData(_server.Certificate.RawData))), TimeProvider.System);
    }

    [GeneratedRegex("^Message-Id: <(?<id>[^>]+)>", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex IdHeader();

    private sealed class ProcessDied : Exception;
}
