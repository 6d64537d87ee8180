using System.Buffers;
using System.Net;
using BatchScoring.Tests.Testing;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace BatchScoring.Bench.Dispatching;

/// <summary>A mail server of other people's code that counts what it takes.</summary>
internal sealed class MailSink : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Inbox _inbox = new();
    private readonly Task _server;

    public MailSink()
    {
        Port = FreePorts.Take(1)[0];
        ISmtpServerOptions options = new SmtpServerOptionsBuilder().ServerName("localhost")
            .Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port))).Build();
        var services = new ServiceProvider();
        services.Add(_inbox);
        _server = new SmtpServer.SmtpServer(options, services).StartAsync(_end.Token);
    }

    public int Port { get; }

    public int Letters => _inbox.Count;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _server;
        _end.Dispose();
    }

    private sealed class Inbox : MessageStore
    {
        private int _count;

        public int Count => _count;

        public override Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _count);
            return Task.FromResult(SmtpResponse.Ok);
        }
    }
}
