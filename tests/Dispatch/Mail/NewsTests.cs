using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Mail;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Tests.Testing;
using MimeKit;

namespace BatchScoring.Tests.Dispatch.Mail;

/// <summary>Who hears of what, and when: verdicts, alarms, the letter of the day, absences, the second channel.</summary>
public sealed class NewsTests : IDisposable
{
    private static readonly MailSettings Settings = new(
        MailSamples.Sender, Folder: "/mail", Alarms: ["ops@example.org"], Page: new Uri("https://scoring.example.org"),
        Digest: new DigestSettings(new TimeOnly(8, 0), MailWorld.Berlin));

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Ended_ByVerdict_OnlyThoseWhoAskedHear()
    {
        using MailWorld world = new(Settings, new MailGroup(["all@example.org"], [.. Enum.GetValues<MailOccasion>()]),
            new MailGroup(["trouble@example.org"], [MailOccasion.Failed, MailOccasion.Held, MailOccasion.Late]));
        foreach (RunState state in new[] { RunState.Ok, RunState.Late, RunState.Held, RunState.Failed, RunState.Cancelled })
            world.End($"2026-11-{10 + (int)state}", state, failure: "no");
        string Heard(string who) => string.Join(' ', world.Letters().Where(letter => letter.Recipients.Contains(who))
            .Select(letter => Runs.Require(world.Ledger.Sql, letter.Run!).State).Order());
        Heard("all@example.org").ShouldBe("Ok Late Held Failed");
        Heard("trouble@example.org").ShouldBe("Late Held Failed");
    }

    /// <summary>The letter is there exactly if the end is.</summary>
    [Fact]
    public void Ended_TransactionFails_NeitherEndNorLetter()
    {
        using MailWorld world = new(Settings, new MailGroup(["jane@example.org"], [MailOccasion.Ok]));
        world.Ledger.Commits = committed =>
        {
            if (!committed) throw new IOException("the power went");
        };
        Should.Throw<IOException>(() => world.End("2026-11-28", RunState.Ok));
        world.Ledger.Commits = null;
        world.Letters().ShouldBeEmpty();
        Runs.Find(world.Ledger.Sql, "app.2026-11-28.r1").ShouldBeNull();
    }

    [Fact]
    public async Task Digest_OkRunsOfADay_AreOneLetterAtItsTimeAndTroubleComesAtOnce()
    {
        MailGroup daily = new(["boss@example.org"], [.. Enum.GetValues<MailOccasion>()], Digest: true);
        using MailWorld world = new(Settings, daily);
        OutboxSender sender = world.Sender((OutboxChannel.Folder, new FolderTransport(_folder.Path)));
        for (int i = 1; i <= 3; i++)
            world.End($"2026-11-2{i}", RunState.Ok, score: new JsonObject { ["rows_read"] = 1_000, ["rows_out"] = 1_000 * i });
        world.End("2026-11-24", RunState.Failed, failure: "no");
        await sender.TurnAsync(default);
        Read().ShouldHaveSingleItem().Subject.ShouldStartWith("[FAILED]");
        await TurnUntilAsync(world, sender, new DateTimeOffset(2026, 11, 28, 6, 59, 50, TimeSpan.Zero));
        Read().Count.ShouldBe(1);
        await TurnUntilAsync(world, sender, new DateTimeOffset(2026, 11, 28, 7, 0, 10, TimeSpan.Zero));
        MimeMessage digest = Read().Single(letter => letter.Subject!.StartsWith("[OK]", StringComparison.Ordinal));
        digest.Subject.ShouldBe("[OK] digest · 3 runs · 6,000 rows");
        for (int i = 1; i <= 3; i++) digest.TextBody!.ShouldContain($"2026-11-2{i}  {i},000");
        await TurnUntilAsync(world, sender, new DateTimeOffset(2026, 11, 30, 7, 0, 10, TimeSpan.Zero));
        Read().Count.ShouldBe(2);
        world.Letters().ShouldNotContain(letter => letter.Ended == null);
    }

    /// <summary>08:00 in Berlin, over both changes of the clock.</summary>
    [Theory]
    [InlineData("2026-03-28T07:30:00Z", "2026-03-29T06:00:00Z")]
    [InlineData("2026-10-24T06:30:00Z", "2026-10-25T07:00:00Z")]
    [InlineData("2026-11-28T06:59:59Z", "2026-11-28T07:00:00Z")]
    [InlineData("2026-11-28T07:00:00Z", "2026-11-29T07:00:00Z")]
    public void Digest_Next_IsThatLocalTime(string now, string next) =>
        Settings.Digest!.After(Instant(now)).ToUniversalTime().ShouldBe(Instant(next));

    [Fact]
    public async Task Alarm_TellsThoseWhoHearOfLateRunsInTheirTime()
    {
        using MailWorld world = new(Settings, new MailGroup(["jane@example.org"], [MailOccasion.Late]),
            new MailGroup(["joe@example.org"], [MailOccasion.Ok]));
        RunRow run = world.End("2026-11-28", RunState.Ok, promised: TimeSpan.FromHours(7), tell: false);
        world.Ledger.Write(sql => world.News.Alarm(sql, run, "late", "It is promised … and will not be done."));
        world.Ledger.Write(sql => world.News.Alarm(sql, run with { StartBy = run.DeliverBy }, "not-started", "It waits."));
        await world.Sender((OutboxChannel.Folder, new FolderTransport(_folder.Path))).TurnAsync(default);
        List<MimeMessage> letters = Read();
        letters.ShouldAllBe(letter => letter.To.Mailboxes.Single().Address == "jane@example.org");
        MimeMessage late = letters.Single(letter => letter.Subject == "[ALARM] app · 2026-11-28 · will be late");
        late.TextBody!.ShouldStartWith("ALARM: app was promised for 2026-11-28 07:00 (Europe/Berlin) and will not be done.");
        letters.ShouldContain(letter => letter.Subject == "[ALARM] app · 2026-11-28 · not started");
        letters.Select(letter => letter.References.Single()).Distinct().ShouldBe(["app.2026-11-28.r1.thread@example.org"]);
    }

    [Fact]
    public async Task Absence_OfHours_IsToldOnceByTheOneThatComesBack()
    {
        using MailWorld world = new(Settings);
        FolderTransport way = new(_folder.Path);
        await world.Sender((OutboxChannel.Folder, way)).TurnAsync(default);
        world.Time.Advance(TimeSpan.FromMinutes(20));
        world.Lead();
        await world.Sender((OutboxChannel.Folder, way)).TurnAsync(default);
        Read().ShouldBeEmpty("a restart is no absence");
        world.Time.Advance(TimeSpan.FromHours(5));
        world.Lead();
        await world.Sender((OutboxChannel.Folder, way)).TurnAsync(default);
        MimeMessage letter = Read().ShouldHaveSingleItem();
        letter.Subject.ShouldBe("[ALARM] dispatcher · was down for 5 h 00 min");
        letter.To.Mailboxes.Single().Address.ShouldBe("ops@example.org");
    }

    [Fact]
    public async Task DeadMan_NobodyLeads_TellsOnceAndTheOneThatComesBackDoesNotRepeatIt()
    {
        using MailWorld world = new(Settings);
        FolderTransport way = new(_folder.Path);
        Dictionary<OutboxChannel, IMailTransport> ways = new() { [OutboxChannel.Folder] = way };
        DeadMan watch = new(world.Ledger, world.Writer, ways, world.Time);
        await world.Sender((OutboxChannel.Folder, way)).TurnAsync(default);
        world.Time.Advance(TimeSpan.FromMinutes(9));
        (await watch.LookAsync(TimeSpan.FromMinutes(10), default)).Leads.ShouldBeTrue();
        for (int look = 0; look < 3; look++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(10));
            (await watch.LookAsync(TimeSpan.FromMinutes(10), default)).Leads.ShouldBeFalse();
        }

        Read().ShouldHaveSingleItem().Subject.ShouldBe("[ALARM] dispatcher · nobody leads");
        world.Lead();
        await world.Sender((OutboxChannel.Folder, way)).TurnAsync(default);
        Read().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Webhook_GetsWhatMailCannot_AndSecretsStayInTheirFile()
    {
        List<TinyRequest> requests = [];
        int status = 503;
        using TinyHttpServer server = new(request =>
        {
            lock (requests) requests.Add(request);
            return Task.FromResult<byte[]?>(TinyHttpServer.Answer(status, []));
        });
        await File.WriteAllTextAsync(_folder.File("headers"), "Authorization: Bearer canary-9d\n");
        WebhookSettings hook = new(new Uri(server.Address + "/hook/secret-path"), null, _folder.File("headers"), [MailOccasion.Failed]);
        using MailWorld world = new(Settings with { Webhook = hook });
        using HttpClient http = MailRoom.CreateClient();
        OutboxSender sender = world.Sender((OutboxChannel.Webhook, new WebhookTransport(hook, http, TimeProvider.System)));
        MailSamples.GoodMorning(world);
        RunRow run = MailSamples.BadMorning(world, "2026-11-29");
        await sender.TurnAsync(default);
        status = 204;
        await TurnUntilAsync(world, sender, world.Time.GetUtcNow() + TimeSpan.FromMinutes(5));

        requests.Count.ShouldBe(2);
        requests.Select(request => request.Headers["Idempotency-Key"]).Distinct().Count().ShouldBe(1);
        requests[1].Headers["Authorization"].ShouldBe("Bearer canary-9d");
        JsonNode json = JsonNode.Parse(requests[1].Body)!;
        json["verdict"]!.ToString().ShouldBe("failed");
        json["run"]!.ToString().ShouldBe(run.Id);
        json["text"]!.ToString().ShouldStartWith("FAILED: score: spark-submit ended with 1");
        json["page"]!.ToString().ShouldBe($"https://scoring.example.org/runs/{run.Id}");
        OutboxRow row = world.Letters().ShouldHaveSingleItem();
        row.State.ShouldBe(OutboxState.Sent);
        (row.Answer + row.Content + Encoding.UTF8.GetString(requests[1].Body)).ShouldNotContain("canary");
        row.Answer.ShouldNotBeNull().ShouldNotContain("secret-path");
    }

    [Fact]
    public async Task MailStep_RepeatedAttempt_IsOneLetterInThePipelinesWords()
    {
        using MailWorld world = new(Settings);
        world.End("2026-11-28", RunState.Ok, tell: false);
        string file = _folder.File("ledger.db");
        world.Ledger.Backup(file);
        MailStep step = new(Settings, () => BatchScoring.Dispatcher.Ledger.Ledger.Open(file), world.Time);
        for (int attempt = 1; attempt <= 2; attempt++)
        {
            StepWork work = Work(attempt, "New data of 2026-11-28", "It is there.\nHave a look.");
            (await step.RunAsync(work, default)).End.ShouldBe(StepEnd.Succeeded);
        }

        using var ledger = BatchScoring.Dispatcher.Ledger.Ledger.Open(file);
        OutboxRow row = Outbox.List(ledger.Sql, null, 10).ShouldHaveSingleItem();
        (string subject, byte[] body) = world.Writer.Write(ledger.Sql, row);
        subject.ShouldBe("New data of 2026-11-28");
        var message = MimeMessage.Load(new MemoryStream(body));
        message.To.Mailboxes.Select(to => to.Address).ShouldBe(["jane@example.org"]);
        message.TextBody!.ShouldContain("It is there.\nHave a look.");

        BatchScoringException injected = await Should.ThrowAsync<BatchScoringException>(
            () => step.RunAsync(Work(3, "Hello\r\nBcc: eve@example.org", null), default));
        injected.Error.ShouldBe(MailErrors.HeaderInvalid);
        (await Should.ThrowAsync<BatchScoringException>(() => step.RunAsync(Work(3, null, new string('x', 30_000)), default)))
            .Error.ShouldBe(MailErrors.TooLarge);
        (await Should.ThrowAsync<BatchScoringException>(
            () => new MailStep(null, () => throw new InvalidOperationException(), world.Time).RunAsync(Work(3, null, null), default)))
            .Error.ShouldBe(MailErrors.SettingsInvalid);
    }

    public void Dispose() => _folder.Dispose();

    private static StepWork Work(int attempt, string? subject, string? text) => new(
        "app.2026-11-28.r1", "app", new DateOnly(2026, 11, 28), "tell", attempt, 1,
        new JsonObject { ["to"] = new JsonArray("jane@example.org"), ["subject"] = subject, ["text"] = text }, _ => { });

    private static async Task TurnUntilAsync(MailWorld world, OutboxSender sender, DateTimeOffset end)
    {
        while (world.Time.GetUtcNow() < end)
        {
            TimeSpan wait = await sender.TurnAsync(default), left = end - world.Time.GetUtcNow();
            world.Time.Advance(wait < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : wait < left ? wait : left);
        }

        await sender.TurnAsync(default);
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private List<MimeMessage> Read() => [.. Directory.GetFiles(_folder.Path, "*.eml").Select(file => MimeMessage.Load(file))];
}
