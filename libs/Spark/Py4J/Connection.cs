using System.Net;
using System.Net.Sockets;

namespace BatchScoring.Spark.Py4J;

/// <summary>An authenticated connection: one thread of the JVM, with that thread's job group. One call at a time.</summary>
internal sealed class Connection : IDisposable
{
    private static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(30);
    private readonly LineChannel _channel;
    private SparkException? _failure;

    private Connection(LineChannel channel) => _channel = channel;

    public static Connection Open(GatewayAddress address, int maxLineBytes)
    {
        Socket socket = Connect(address.Port);
        LineChannel channel = new(socket, maxLineBytes);
        try
        {
            socket.ReceiveTimeout = (int)HandshakeTime.TotalMilliseconds;
            channel.Send(Commands.Authenticate(address.Secret));
            // The answer's own text is dropped: nobody promises that it does not repeat the secret.
            if (!string.Equals(channel.ReadLine(), "!yv", StringComparison.Ordinal)) throw SparkErrors.Refused();
            socket.ReceiveTimeout = 0; // a call lasts as long as its job
            return new Connection(channel);
        }
        catch
        {
            channel.Dispose();
            throw;
        }
    }

    public Answer Execute(string command)
    {
        // A connection that broke takes its thread's job group with it: going on silently on a new one would run jobs outside the group.
        if (_failure is not null) throw new SparkException(_failure.Code, _failure.Message, _failure);
        try
        {
            _channel.Send(command);
            return Answer.Parse(_channel.ReadLine());
        }
        catch (SparkException e)
        {
            _failure = e;
            throw;
        }
    }

    public void Dispose() => _channel.Dispose();

    private static Socket Connect(int port)
    {
        // A JVM that prefers IPv6 listens on ::1 only.
        SocketException? first = null;
        foreach (IPAddress host in (ReadOnlySpan<IPAddress>)[IPAddress.Loopback, IPAddress.IPv6Loopback])
        {
            Socket? socket = null;
            try
            {
                socket = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Connect(host, port);
                return socket;
            }
            catch (SocketException e)
            {
                socket?.Dispose();
                first ??= e;
            }
        }
        throw SparkErrors.Unreachable(port, first!);
    }
}
