using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BatchScoring.Tests.Testing;

/// <summary>
/// The smallest HTTP server that gives a test every byte: whole requests in, raw answers out, then the connection is closed. An answer may
/// be cut short, or be null: the connection ends without one.
/// </summary>
public sealed class TinyHttpServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<TinyRequest, Task<byte[]?>> _answer;
    private readonly Task _hold;

    /// <param name="answer">Called for every request, of several at once.</param>
    /// <param name="hold">What every connection waits for after its answer before it is closed; null: nothing.</param>
    public TinyHttpServer(Func<TinyRequest, Task<byte[]?>> answer, Task? hold = null)
    {
        (_answer, _hold) = (answer, hold ?? Task.CompletedTask);
        _listener.Start(256);
        Address = FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = Task.Run(AcceptAsync);
    }

    public string Address { get; }

    /// <summary>An answer with a body.</summary>
    public static byte[] Answer(int status, ReadOnlySpan<byte> body, params (string Name, string Value)[] headers)
    {
        StringBuilder head = new();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} X\r\nConnection: close\r\n");
        if (!headers.Any(h => h.Name == "Content-Length")) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        foreach ((string name, string value) in headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        head.Append("\r\n");
        return [.. Encoding.UTF8.GetBytes(head.ToString()), .. body];
    }

    public void Dispose() => _listener.Dispose();

    public static async Task<TinyRequest?> ReadAsync(Stream stream)
    {
        List<byte> head = [];
        byte[] one = new byte[1];
        while (head.Count < 4 || head[^1] != '\n' || head[^3] != '\n')
        {
            if (await stream.ReadAsync(one) == 0) return null;
            head.Add(one[0]);
        }
        string[] lines = Encoding.UTF8.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines[1..]) headers[line.Split(':', 2)[0]] = line.Split(':', 2)[1].Trim();
        if (headers.Remove("Expect")) await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray());
        byte[] body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"))];
        await stream.ReadExactlyAsync(body);
        string[] first = lines[0].Split(' ');
        return new TinyRequest(first[0], first[1], headers, body);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                NetworkStream stream = client.GetStream();
                if (await ReadAsync(new BufferedStream(stream)) is not { } request) return;
                if (await _answer(request) is { } answer) await stream.WriteAsync(answer);
                await _hold;
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The other side went away; some tests do that on purpose.
        }
    }
}
