using System.Security.Cryptography;
using BatchScoring.Dispatcher.Mail;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Mail;

/// <summary>What becomes of a letter when the server does anything but take it: the table of the reference, line by line.</summary>
public sealed class SmtpTransportTests : IAsyncLifetime, IDisposable
{
    private const string Password = "canary-password-71c3";
    private const string Base64OfPassword = "Y2FuYXJ5LXBhc3N3b3JkLTcxYzM";
    private readonly TemporaryFolder _folder = new();
    private RawSmtp _server = null!;

    public Task InitializeAsync()
    {
        _server = new RawSmtp();
        File.WriteAllText(_folder.File("password"), Password + "\n");
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Send_StartTlsAndLogin_ArrivesOnceAndSaysNothingInClear()
    {
        SendAnswer answer = await SendAsync(Settings(), MailSamples.Sealed());
        answer.End.ShouldBe(SendEnd.Delivered, answer.Text);
        (IReadOnlyList<string> to, string content) = _server.Letters.ShouldHaveSingleItem();
        to.ShouldBe(["jane@example.org"]);
        content.ShouldContain("Message-Id: <app.2026-11-28.r1.");
        string clear = _server.Clear.ToString();
        clear.ShouldContain("STARTTLS");
        clear.ShouldNotContain("jane@example.org");
        clear.ShouldNotContain("AUTH");
        _server.Lines.ShouldContain(line => line.StartsWith("AUTH PLAIN", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_ImplicitTls_Arrives()
    {
        _server.ImplicitTls = true;
        (await SendAsync(Settings() with { Tls = MailTls.Implicit }, MailSamples.Sealed())).End.ShouldBe(SendEnd.Delivered);
        _server.Clear.Length.ShouldBe(0);
    }

    [Fact]
    public async Task Send_OnlyLoginOffered_TakesIt()
    {
        _server.Offers = ["STARTTLS", "AUTH LOGIN NTLM CRAM-MD5"];
        (await SendAsync(Settings(), MailSamples.Sealed())).End.ShouldBe(SendEnd.Delivered);
        _server.Lines.Count(line => line.StartsWith("AUTH", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Send_TokenFileRenewed_SendsTheNewOne()
    {
        _server.Offers = ["STARTTLS", "AUTH PLAIN XOAUTH2"];
        SmtpSettings settings = Settings() with { PasswordFile = null, TokenFile = _folder.File("token") };
        foreach (string token in new[] { "first-token", "second-token" })
        {
            await File.WriteAllTextAsync(settings.TokenFile!, token);
            (await SendAsync(settings, MailSamples.Sealed())).End.ShouldBe(SendEnd.Delivered);
        }

        string[] logins = [.. _server.Lines.Where(line => line.StartsWith("AUTH XOAUTH2 ", StringComparison.Ordinal))
            .Select(line => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(line["AUTH XOAUTH2 ".Length..])))];
        logins.Length.ShouldBe(2);
        logins[0].ShouldContain("first-token");
        logins[1].ShouldContain("second-token");
    }

    /// <summary>Whoever sits between takes STARTTLS out of the offer, or answers for the server: no secret and no letter leaves.</summary>
    [Theory]
    [InlineData("stripped", nameof(SendEnd.Blocked), "MAIL_TLS_REFUSED")]
    [InlineData("refused 454", nameof(SendEnd.Away), "MAIL_DEFERRED")]
    [InlineData("refused 554", nameof(SendEnd.Blocked), "MAIL_REFUSED")]
    [InlineData("other certificate", nameof(SendEnd.Blocked), "MAIL_CERTIFICATE_REFUSED")]
    [InlineData("self-signed", nameof(SendEnd.Blocked), "MAIL_CERTIFICATE_REFUSED")]
    [InlineData("no TLS behind 220", nameof(SendEnd.Away), "MAIL_UNREACHABLE")]
    public async Task Send_TlsTakenAway_SendsNoCredentials(string attack, string end, string code)
    {
        SmtpSettings settings = Settings();
        if (attack == "stripped") _server.Offers = ["AUTH PLAIN LOGIN"];
        if (attack == "other certificate") _server.Certificate = RawSmtp.SelfSigned("localhost");
        if (attack == "self-signed") settings = settings with { Pin = null };
        _server.Answer = (verb, _) => (attack, verb) switch
        {
            ("refused 454", "STARTTLS") => "454 TLS not available",
            ("refused 554", "STARTTLS") => "554 no",
            ("no TLS behind 220", "STARTTLS") => "220 go ahead, in clear\r\n250 ok",
            _ => null,
        };
        SendAnswer answer = await SendAsync(settings, MailSamples.Sealed());
        answer.End.ToString().ShouldBe(end, answer.Text);
        answer.Error!.Name.ShouldBe(code);
        string all = _server.Clear + string.Concat(_server.Lines);
        all.ShouldContain("EHLO");
        all.ShouldNotContain("AUTH ");
        all.ShouldNotContain(Password);
        all.ShouldNotContain(Base64OfPassword);
        all.ShouldNotContain("jane@example.org");
        answer.Text.ShouldNotContain(Password);
        _server.Letters.ShouldBeEmpty();
    }

    /// <summary>CVE-2026-41319: what stands in clear behind the 220 must not be taken for answers of the protected conversation.</summary>
    [Fact]
    public async Task Send_BytesInjectedBehindStartTls_AreNoAnswers()
    {
        _server.Injected = "250-injected\r\n250 AUTH PLAIN\r\n";
        SendAnswer answer = await SendAsync(Settings(), MailSamples.Sealed());
        answer.End.ShouldBe(SendEnd.Delivered, answer.Text);
        _server.Letters.Count.ShouldBe(1);
        _server.Clear.ToString().ShouldNotContain("AUTH");
    }

    [Fact]
    public async Task Send_WithoutTls_NeverLogsIn()
    {
        SmtpSettings clear = Settings() with { Tls = MailTls.None, AllowClear = true, Pin = null };
        clear.Problems().ShouldContain(problem => problem.Key == "user");
        await Should.ThrowAsync<InvalidOperationException>(() => SendAsync(clear, MailSamples.Sealed()));
        _server.Clear.ToString().ShouldNotContain("AUTH");
        (await SendAsync(clear with { User = null, PasswordFile = null }, MailSamples.Sealed())).End.ShouldBe(SendEnd.Delivered);
    }

    [Theory]
    [InlineData("GREETING", "421 busy", nameof(SendEnd.Away))]
    [InlineData("GREETING", "554 go away", nameof(SendEnd.Blocked))]
    [InlineData("GREETING", RawSmtp.Cut, nameof(SendEnd.Away))]
    [InlineData("GREETING", RawSmtp.Hang, nameof(SendEnd.Away))]
    [InlineData("EHLO", "garbage", nameof(SendEnd.Away))]
    [InlineData("AUTH", "535 wrong", nameof(SendEnd.Blocked))]
    [InlineData("AUTH", "454 busy", nameof(SendEnd.Away))]
    [InlineData("MAIL", "530 log in first", nameof(SendEnd.Blocked))]
    [InlineData("MAIL", "451 later", nameof(SendEnd.Away))]
    [InlineData("MAIL", "550 not you", nameof(SendEnd.Blocked))]
    [InlineData("RCPT", "450 greylisted", nameof(SendEnd.Later))]
    [InlineData("RCPT", "421 closing", nameof(SendEnd.Away))]
    [InlineData("RCPT", "550 nobody", nameof(SendEnd.Refused))]
    [InlineData("DATA", "451 later", nameof(SendEnd.Later))]
    [InlineData("DATA", "554 no", nameof(SendEnd.Refused))]
    [InlineData("DATA", RawSmtp.Cut, nameof(SendEnd.Away))]
    [InlineData(".", "451 later", nameof(SendEnd.Later))]
    [InlineData(".", "452 full", nameof(SendEnd.Later))]
    [InlineData(".", "421 closing", nameof(SendEnd.Away))]
    [InlineData(".", "552 too big", nameof(SendEnd.Refused))]
    [InlineData(".", "554 spam", nameof(SendEnd.Refused))]
    [InlineData(".", RawSmtp.Cut, nameof(SendEnd.Unknown))]
    [InlineData(".", RawSmtp.Hang, nameof(SendEnd.Unknown))]
    [InlineData(".", "garbage", nameof(SendEnd.Unknown))]
    public async Task Send_ServerFails_SaysWhetherAnotherTryHelps(string verb, string says, string end)
    {
        _server.Answer = (at, _) => at == verb ? says : null;
        SendAnswer answer = await SendAsync(Settings(), MailSamples.Sealed());
        answer.End.ToString().ShouldBe(end, answer.Text);
        answer.Error.ShouldNotBeNull();
        answer.Text.ShouldContain("localhost");
        _server.Letters.ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_OneOfThreeRefused_TheOthersGetIt()
    {
        _server.Answer = (verb, line) => verb != "RCPT" ? null
            : line.Contains("gone@", StringComparison.Ordinal) ? "550 5.1.1 nobody of that name"
            : line.Contains("full@", StringComparison.Ordinal) ? "452 4.2.2 mailbox full" : null;
        SendAnswer answer = await SendAsync(
            Settings(), MailSamples.Sealed("app.2026-11-28.r1", "jane@example.org", "gone@example.org", "full@example.org"));
        answer.End.ShouldBe(SendEnd.Delivered);
        _server.Letters.ShouldHaveSingleItem().To.ShouldBe(["jane@example.org"]);
        answer.Problems.Select(p => (p.Address, p.Status, p.RetryHelps))
            .ShouldBe([("gone@example.org", 550, false), ("full@example.org", 452, true)]);
    }

    [Fact]
    public async Task Send_LargerThanAnnounced_IsRefusedWithoutSendingIt()
    {
        _server.Offers = ["STARTTLS", "AUTH PLAIN", "SIZE 1000"];
        SendAnswer answer = await SendAsync(Settings(), MailSamples.Sealed());
        answer.End.ShouldBe(SendEnd.Refused);
        answer.Error.ShouldBe(MailErrors.TooLarge);
        _server.Lines.ShouldNotContain(line => line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    /// <summary>Each answer comes in time, the whole does not.</summary>
    [Fact]
    public async Task Send_WholeDeadline_EndsIt()
    {
        _server.Answer = (verb, _) => verb == "MAIL" ? RawSmtp.Hang : null;
        SendAnswer answer = await SendAsync(
            Settings() with { Timeout = TimeSpan.FromMinutes(10), Deadline = TimeSpan.FromSeconds(1) }, MailSamples.Sealed());
        answer.End.ShouldBe(SendEnd.Away);
        answer.Text.ShouldContain("no end within 1 s");
    }

    [Fact]
    public async Task Send_NobodyListens_IsAway()
    {
        SmtpSettings settings = Settings();
        await _server.DisposeAsync();
        (await SendAsync(settings, MailSamples.Sealed())).End.ShouldBe(SendEnd.Away);
        _server = new RawSmtp();
    }

    [Fact]
    public async Task Send_SeveralLetters_TakeOneConnectionAndOneThatServersClosedIsReplaced()
    {
        await using SmtpTransport transport = new(Settings(), TimeProvider.System);
        for (int i = 0; i < 3; i++) (await transport.SendAsync(MailSamples.Sealed($"a.{i}"), default)).End.ShouldBe(SendEnd.Delivered);
        _server.Connections.ShouldBe(1);
        _server.Answer = (verb, _) => verb == "NOOP" ? RawSmtp.Cut : null;
        (await transport.SendAsync(MailSamples.Sealed("a.3"), default)).End.ShouldBe(SendEnd.Delivered);
        _server.Connections.ShouldBe(2);
        _server.Letters.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    public async Task Send_SecretFileUnusable_SaysWhichFile(string kind)
    {
        string file = _folder.File(kind);
        if (kind == "empty") await File.WriteAllTextAsync(file, "\n");
        SendAnswer answer = await SendAsync(Settings() with { PasswordFile = file }, MailSamples.Sealed());
        answer.End.ShouldBe(SendEnd.Blocked);
        answer.Error.ShouldBe(MailErrors.SecretUnreadable);
        answer.Text.ShouldContain(file);
    }

    [Fact]
    public async Task Check_GoodServer_LogsInAndSendsNothing()
    {
        await using SmtpTransport transport = new(Settings(), TimeProvider.System);
        SendAnswer answer = await transport.CheckAsync(default);
        answer.End.ShouldBe(SendEnd.Delivered, answer.Text);
        answer.Text.ShouldContain("Tls1");
        _server.Lines.ShouldNotContain(line => line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    private SmtpSettings Settings() => new("localhost", _server.Port, User: "jane", PasswordFile: _folder.File("password"),
        Pin: Convert.ToHexString(SHA256.HashData(_server.Certificate.RawData)), Timeout: TimeSpan.FromSeconds(2));

    private static async Task<SendAnswer> SendAsync(SmtpSettings settings, SealedLetter letter)
    {
        await using SmtpTransport transport = new(settings, TimeProvider.System);
        return await transport.SendAsync(letter, default);
    }
}
