using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BatchScoring.Tests.Testing;

/// <summary>
/// Stands between the SDK and an S3 server and does to single requests what a test says. The real server behind it sees the request as it
/// was signed (the Host header is kept).
/// </summary>
public sealed class FaultProxy : IDisposable
{
    private readonly Uri _server;
    private readonly TinyHttpServer _front;

    public FaultProxy(string server)
    {
        _server = new Uri(server);
        _front = new TinyHttpServer(AnswerAsync);
    }

    public string Address => _front.Address;

    /// <summary>Decides for every request; calls <see cref="ForwardAsync"/> or not. Null: everything is forwarded.</summary>
    public Func<TinyRequest, Task<byte[]?>>? Fault { get; set; }

    /// <summary>An error as S3 tells it.</summary>
    public static byte[] Error(int status, string code) => TinyHttpServer.Answer(
        status, Encoding.UTF8.GetBytes(
            $"<?xml version=\"1.0\" " +
            $"encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>injected</Message><RequestId>injected</RequestId></Error>"),
        ("Content-Type", "application/xml"));

    /// <summary>Carries a request out on the real server.</summary>
    public async Task<byte[]> ForwardAsync(TinyRequest request)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, _server.Port);
        NetworkStream stream = client.GetStream();
        StringBuilder head = new();
        head.Append(request.Method).Append(' ').Append(request.Target).Append(" HTTP/1.1\r\nConnection: close\r\n");
        foreach ((string name, string value) in request.Headers)
        {
            if (!string.Equals(name, "Connection", StringComparison.OrdinalIgnoreCase))
                head.Append(name).Append(": ").Append(value).Append("\r\n");
        }
        head.Append("\r\n");
        await stream.WriteAsync((byte[])[.. Encoding.UTF8.GetBytes(head.ToString()), .. request.Body]);
        using MemoryStream answer = new();
        await stream.CopyToAsync(answer);
        return answer.ToArray();
    }

    public void Dispose() => _front.Dispose();

    private async Task<byte[]?> AnswerAsync(TinyRequest request) => Fault is { } fault ? await fault(request) : await ForwardAsync(request);
}
