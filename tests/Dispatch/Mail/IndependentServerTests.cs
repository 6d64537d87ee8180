using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BatchScoring.Dispatcher.Mail;
using BatchScoring.Tests.Testing;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace BatchScoring.Tests.Dispatch.Mail;

/// <summary>Against a server of other people's protocol code, in this process: it checks logins, sizes and recipients by itself.</summary>
public sealed class IndependentServerTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Inbox _inbox = new();
    private readonly X509Certificate2 _certificate = RawSmtp.SelfSigned("localhost");
    private int _port;
    private Task _server = Task.CompletedTask;

    public Task InitializeAsync()
    {
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            _port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        ISmtpServerOptions options = new SmtpServerOptionsBuilder().ServerName("localhost")
            .MaxMessageSize(200_000, MaxMessageSizeHandling.Strict)
            .Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, _port)).Certificate(_certificate)
                .AuthenticationRequired()).Build();
        ServiceProvider services = new();
        services.Add(_inbox);
        services.Add(new DelegatingUserAuthenticator((user, password) => user == "jane" && password == "right"));
        _server = new SmtpServer.SmtpServer(options, services).StartAsync(_end.Token);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Send_RightPassword_EveryLetterArrivesWhole()
    {
        await using SmtpTransport way = Way("right");
        string[] topics = ["app.2026-11-26.r1", "app.2026-11-27.r1", "app.2026-11-28.r1"];
        foreach (string topic in topics)
        {
            SendAnswer answer = await way.SendAsync(MailSamples.Sealed(topic, "jane@example.org", "joe@example.org"), default);
            answer.End.ShouldBe(SendEnd.Delivered, answer.Text);
        }

        MimeMessage[] letters = [.. _inbox.Letters.Select(letter => MimeMessage.Load(new MemoryStream(letter.Content)))];
        letters.Select(letter => letter.MessageId!.Split(".r1.")[0] + ".r1").ShouldBe(topics);
        _inbox.Letters.ShouldAllBe(letter => letter.To == "jane@example.org joe@example.org");
        letters[0].BodyParts.OfType<MimePart>().Single(part => part.ContentId == "scores").ContentType.MimeType.ShouldBe("image/png");
    }

    [Fact]
    public async Task Send_WrongPassword_IsBlockedAndNothingArrives()
    {
        await using SmtpTransport way = Way("wrong");
        SendAnswer answer = await way.SendAsync(MailSamples.Sealed(), default);
        answer.End.ShouldBe(SendEnd.Blocked, answer.Text);
        answer.Error.ShouldBe(MailErrors.LoginRefused);
        answer.Text.ShouldNotContain("wrong");
        _inbox.Letters.ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_BeyondItsSize_IsRefusedBeforeItIsSent()
    {
        await using SmtpTransport way = Way("right");
        SealedLetter large = MailSamples.Sealed() with { Body = [.. MailSamples.Sealed().Body, .. new byte[300_000]] };
        SendAnswer answer = await way.SendAsync(large, default);
        (answer.End, answer.Error).ShouldBe((SendEnd.Refused, MailErrors.TooLarge));
    }

    public async Task DisposeAsync()
    {
        await _end.CancelAsync();
        await _server.WaitAsync(TimeSpan.FromSeconds(30));
        _end.Dispose();
        _folder.Dispose();
    }

    private SmtpTransport Way(string password)
    {
        File.WriteAllText(_folder.File("password"), password);
        return new SmtpTransport(new SmtpSettings("localhost", _port, User: "jane", PasswordFile: _folder.File("password"),
            Pin: Convert.ToHexString(SHA256.HashData(_certificate.RawData)), Timeout: TimeSpan.FromSeconds(20)), TimeProvider.System);
    }

    private sealed class Inbox : MessageStore
    {
        public ConcurrentQueue<(string To, byte[] Content)> Letters { get; } = new();

        public override Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            Letters.Enqueue((string.Join(' ', transaction.To.Select(to => to.AsAddress())), buffer.ToArray()));
            return Task.FromResult(SmtpResponse.Ok);
        }
    }
}
