using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using BatchScoring.Spark.Py4J;

namespace BatchScoring.Tests.Unit.Spark;

/// <summary>
/// A gateway on a loopback socket that answers from a script: each command (its lines joined by a blank, without the last <c>e</c>) goes to
/// the script; its answer is sent as it is. It may cut a connection after what it answers to the first call.
/// </summary>
internal sealed class FakeGateway : IDisposable
{
    public const string Secret = "the-secret-of-this-gateway";
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string> _script;
    private readonly bool _cut;

    public FakeGateway(Func<string, string> script, bool cutAfterAnswer = false)
    {
        _cut = cutAfterAnswer;
        _script = script;
        _listener.Start();
        new Thread(Accept) { IsBackground = true }.Start();
    }

    /// <summary>Every command of every connection, as <c>connection: command</c>.</summary>
    public BlockingCollection<string> Commands { get; } = [];

    /// <summary>The number of each connection whose client has gone.</summary>
    public BlockingCollection<int> Ended { get; } = [];

    public GatewayAddress Address => new(((IPEndPoint)_listener.LocalEndpoint).Port, Secret);

    public Gateway Connect(int maxLineBytes = Gateway.DefaultMaxLineBytes) => new(Address, maxLineBytes);

    public void Dispose() => _listener.Stop();

    private void Accept()
    {
        for (int number = 1; ; number++)
        {
            try
            {
                Socket socket = _listener.AcceptSocket();
                int own = number;
                new Thread(() => Serve(socket, own)) { IsBackground = true }.Start();
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Serve(Socket socket, int number)
    {
        using NetworkStream stream = new(socket, ownsSocket: true);
        using StreamReader reader = new(stream, new UTF8Encoding(false));
        List<string> lines = [];
        try
        {
            while (reader.ReadLine() is { } line)
            {
                lines.Add(line);
                if (line != "e" && (lines[0] != "A" || lines.Count < 2)) continue;
                string command = string.Join(' ', lines[^1] == "e" ? lines[..^1] : lines);
                lines.Clear();
                Commands.Add($"{number}: {command}");
                stream.Write(Encoding.UTF8.GetBytes(_script(command)));
                if (_cut && !command.StartsWith("A ")) return;
            }
        }
        catch (IOException)
        {
            // The client has gone.
        }
        finally
        {
            Ended.Add(number);
        }
    }
}
