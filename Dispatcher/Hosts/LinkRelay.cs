using System.Net;
using System.Net.Sockets;
using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>
/// A socket of ours between SSH.NET and a host. SSH.NET cannot be cancelled while it sends into a link that swallows everything, neither
/// by a token nor by disposing; it can when we close its socket.
/// </summary>
internal sealed class LinkRelay : IDisposable
{
    /// <summary>Level 6 is TCP; 18 is TCP_USER_TIMEOUT, for which .NET has no name.</summary>
    private const int TcpLevel = 6, TcpUserTimeout = 18;

    private static readonly TimeSpan DialLimit = TimeSpan.FromSeconds(10), Unacknowledged = TimeSpan.FromSeconds(20);

    private readonly Socket _host;
    private readonly TcpListener _front = new(IPAddress.Loopback, 0);
    private readonly TimeProvider _time;
    private Socket? _client;
    private long _heard;
    private int _cut;

    private LinkRelay(Socket host, TimeProvider time)
    {
        (_host, _time, _heard) = (host, time, time.GetTimestamp());
        _front.Start(1);
    }

    /// <summary>Where SSH.NET connects to, on the loopback interface; one connection is taken.</summary>
    public int Port => ((IPEndPoint)_front.LocalEndpoint).Port;

    /// <summary>For how long the host has sent nothing.</summary>
    public TimeSpan Silence => _time.GetElapsedTime(Interlocked.Read(ref _heard));

    public bool IsCut => _cut != 0;

    /// <exception cref="BatchScoringException"><c>REMOTE_UNREACHABLE</c></exception>
    public static async Task<LinkRelay> DialAsync(HostSettings settings, TimeProvider time, CancellationToken cancellation)
    {
        var host = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = new CancellationTokenSource(DialLimit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await host.ConnectAsync(settings.Address, settings.Port, stop.Token);
            if (OperatingSystem.IsLinux())
                host.SetRawSocketOption(TcpLevel, TcpUserTimeout, BitConverter.GetBytes((int)Unacknowledged.TotalMilliseconds));
            var relay = new LinkRelay(host, time);
            _ = relay.PumpAsync();
            return relay;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            host.Dispose();
            cancellation.ThrowIfCancellationRequested();
            string why = e is SocketException ? e.Message : $"no answer within {DialLimit.TotalSeconds:0} s";
            throw new BatchScoringException(RemoteErrors.Unreachable, $"{settings.Where} cannot be reached: {why}.", inner: e);
        }
    }

    /// <summary>Ends the connection at once, on both sides, whatever is under way.</summary>
    public void Cut()
    {
        if (Interlocked.Exchange(ref _cut, 1) != 0) return;
        _front.Dispose();
        _host.Close(0);
        _client?.Close(0);
    }

    public void Dispose() => Cut();

    private async Task PumpAsync()
    {
        try
        {
            _client = await _front.AcceptSocketAsync();
            _client.NoDelay = true;
            _front.Stop();
            if (IsCut) _client.Close(0);
            await await Task.WhenAny(CopyAsync(_client, _host, () => { }), CopyAsync(_host, _client, Heard));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The link is gone: that is what SSH.NET now sees, too.
        }

        Cut();
    }

    private void Heard() => Interlocked.Exchange(ref _heard, _time.GetTimestamp());

    private static async Task CopyAsync(Socket from, Socket to, Action onBytes)
    {
        byte[] buffer = new byte[1 << 16];
        while (await from.ReceiveAsync(buffer) is > 0 and int count)
        {
            onBytes();
            for (int sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
        }
    }
}
