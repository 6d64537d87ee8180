using System.Net;
using System.Net.Sockets;

namespace BatchScoring.Tests.Dispatch.Hosts;

/// <summary>A link between a dispatcher and a host that breaks as links do.</summary>
public sealed class LinkProxy : IDisposable
{
    private static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(100);

    private readonly TcpListener _front = new(IPAddress.Loopback, 0);
    private readonly int _server;
    private readonly List<Socket> _sockets = [];
    private readonly CancellationTokenSource _disposed = new();
    private TaskCompletionSource _passing = Done();
    private volatile LinkFault _fault = LinkFault.None;
    private long _up, _down;

    public LinkProxy(int server)
    {
        _server = server;
        _front.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_front.LocalEndpoint).Port;

    /// <summary>Bytes that went from the dispatcher to the host.</summary>
    public long Up => Interlocked.Read(ref _up);

    /// <summary>Bytes that came back.</summary>
    public long Down => Interlocked.Read(ref _down);

    /// <summary>Breaks the link until it is mended. Connections that a black hole or a half-open end has caught never move again.</summary>
    public void Break(LinkFault fault)
    {
        _fault = fault;
        if (fault is LinkFault.BlackHole or LinkFault.HalfOpen) _passing = new TaskCompletionSource();
        if (fault == LinkFault.Reset) Close(_ => true);
        if (fault == LinkFault.HalfOpen) Close(socket => ((IPEndPoint)socket.RemoteEndPoint!).Port == _server);
    }

    /// <summary>New connections pass again; those that hang in a hole hang on.</summary>
    public void Mend()
    {
        _fault = LinkFault.None;
        if (!_passing.Task.IsCompleted) _passing = Done();
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _front.Dispose();
        Close(_ => true);
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    private void Close(Func<Socket, bool> which)
    {
        lock (_sockets)
        {
            foreach (Socket socket in _sockets)
            {
                try
                {
                    if (!socket.Connected || !which(socket)) continue;
                    socket.LingerState = new LingerOption(true, 0);
                    socket.Close();
                }
                catch (Exception e) when (e is ObjectDisposedException or SocketException)
                {
                    // It has just ended by itself.
                }
            }
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = CarryAsync(await _front.AcceptSocketAsync(_disposed.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        lock (_sockets) _sockets.AddRange([client, server]);
        if (_fault == LinkFault.Reset)
        {
            client.LingerState = new LingerOption(true, 0);
            client.Close();
            return;
        }

        try
        {
            await _passing.Task.WaitAsync(_disposed.Token);
            await server.ConnectAsync(IPAddress.Loopback, _server, _disposed.Token);
            await Task.WhenAny(
                CopyAsync(client, server, count => Interlocked.Add(ref _up, count)),
                CopyAsync(server, client, count => Interlocked.Add(ref _down, count)));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Closed below.
        }

        // The end of one side is the end of the other, but not through a hole.
        if (_fault is LinkFault.BlackHole or LinkFault.HalfOpen) return;
        client.Close();
        server.Close();
    }

    private async Task CopyAsync(Socket from, Socket to, Action<int> count)
    {
        Task hole = _passing.Task;
        byte[] buffer = new byte[1 << 14];
        while (await from.ReceiveAsync(buffer, _disposed.Token) is > 0 and int length)
        {
            count(length);
            if (_fault == LinkFault.Slow) await Task.Delay(Lag, TimeProvider.System, _disposed.Token);
            // A hole that opens after the connection was made keeps it for ever.
            if (_passing.Task != hole) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _disposed.Token);
            await to.SendAsync(buffer.AsMemory(0, length), _disposed.Token);
        }
    }
}

/// <summary>How a link breaks.</summary>
public enum LinkFault
{
    None,

    /// <summary>Connections are reset, new ones too.</summary>
    Reset,

    /// <summary>Nothing comes through and nobody says so.</summary>
    BlackHole,

    /// <summary>The host's end is closed, the dispatcher's end is not told.</summary>
    HalfOpen,

    /// <summary>Everything takes its time.</summary>
    Slow,

    /// <summary>The server is killed with all its connections, and started again.</summary>
    ServerKilled,
}
