using System.Net.Sockets;
using BatchScoring.Core;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>
/// One connection by SSH.NET. The only place that makes a client of it, because a client without a check of the host's key connects to
/// anybody.
/// </summary>
internal sealed class SshNetLink<TClient> : IDisposable
    where TClient : BaseClient
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2), Quiet = TimeSpan.FromSeconds(4), Dead = TimeSpan.FromSeconds(12);

    private readonly LinkRelay _relay;
    private readonly HostSettings _settings;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _disposed = new();
    private long _busySince;
    private int _busy;

    private SshNetLink(TClient client, LinkRelay relay, HostSettings settings, TimeProvider time) =>
        (Client, _relay, _settings, _time) = (client, relay, settings, time);

    public TClient Client { get; }

    public bool IsUp => !_relay.IsCut && Client.IsConnected;

    /// <param name="settings">Where to.</param>
    /// <param name="create">Makes the client.</param>
    /// <param name="heartbeat">Asks the host for any answer; only that bytes come back counts.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public static async Task<SshNetLink<TClient>> OpenAsync(
        HostSettings settings, Func<ConnectionInfo, TClient> create, Action<TClient> heartbeat, TimeProvider time,
        CancellationToken cancellation)
    {
        var check = new SshNetKeyCheck(settings, time);
        using PrivateKeyFile key = SshNetKeyFile.Open(settings);
        LinkRelay relay = await LinkRelay.DialAsync(settings, time, cancellation);
        var info = new ConnectionInfo("127.0.0.1", relay.Port, settings.User, new PrivateKeyAuthenticationMethod(settings.User, key))
        {
            Timeout = SshNetAlgorithms.Timeout,
        };
        SshNetAlgorithms.Restrict(info, check);
        TClient client = create(info);
        client.HostKeyReceived += check.OnKey;
        try
        {
            using CancellationTokenRegistration cutting = cancellation.Register(relay.Cut);
            await Task.Run(() => client.ConnectAsync(cancellation), cancellation);
        }
        catch (Exception e) when (e is SshException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            relay.Cut();
            client.Dispose();
            cancellation.ThrowIfCancellationRequested();
            throw check.Refusal ?? Failure(settings, e);
        }

        var link = new SshNetLink<TClient>(client, relay, settings, time);
        _ = link.WatchAsync(heartbeat);
        return link;
    }

    /// <summary>Does something over the link. While that goes on, a host that stays silent is asked for an answer, then given up.</summary>
    public async Task<T> UseAsync<T>(Func<TClient, Task<T>> work)
    {
        if (Interlocked.Increment(ref _busy) == 1) Interlocked.Exchange(ref _busySince, _time.GetTimestamp());
        try
        {
            // Parts of SSH.NET block where they promise a task.
            return await Task.Run(() => work(Client));
        }
        catch (Exception e) when (e is (SshException and not SftpException) or SocketException or ObjectDisposedException)
        {
            // Whatever it was: a new connection is the one cure that is always right.
            _relay.Cut();
            throw new BatchScoringException(RemoteErrors.LinkLost,
                $"The link to {_settings.Where} was lost: {e.Message} Whether the command ran is not known.", inner: e);
        }
        finally
        {
            Interlocked.Decrement(ref _busy);
        }
    }

    public void Cut() => _relay.Cut();

    /// <summary>First the socket: a client that waits for a dead host waits for ever.</summary>
    public void Dispose()
    {
        _disposed.Cancel();
        _relay.Cut();
        Client.Dispose();
    }

    private static BatchScoringException Failure(HostSettings settings, Exception e) => e is SshAuthenticationException
        ? new BatchScoringException(RemoteErrors.LoginRefused,
            $"{settings.Where} refuses the key {settings.Key} for the user '{settings.User}' ({e.Message}). Look whether its public half "
            + "is in the user's authorized_keys there.", inner: e)
        : new BatchScoringException(RemoteErrors.Unreachable,
            $"{settings.Where} answers, but no SSH connection comes about: {e.Message} If it goes on: the server may be punishing too many "
            + "attempts, wait some minutes.", inner: e);

    private async Task WatchAsync(Action<TClient> heartbeat)
    {
        Task beating = Task.CompletedTask;
        while (!_disposed.IsCancellationRequested && !_relay.IsCut)
        {
            await Task.Delay(Beat, _time, _disposed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (Volatile.Read(ref _busy) == 0) continue;
            TimeSpan waited = _time.GetElapsedTime(Interlocked.Read(ref _busySince));
            TimeSpan silence = _relay.Silence < waited ? _relay.Silence : waited;
            if (silence > Dead) _relay.Cut();
            else if (silence > Quiet && beating.IsCompleted) beating = Task.Run(() => BeatOnce(heartbeat));
        }
    }

    private void BeatOnce(Action<TClient> heartbeat)
    {
        try
        {
            heartbeat(Client);
        }
        catch (Exception e) when (e is SshException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // A refusal is an answer, and silence is seen by the watch.
        }
    }
}
