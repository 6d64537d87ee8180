using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BatchScoring.Tests.Testing;

/// <summary>A receiver of OTLP by HTTP: takes whatever is posted, by path. Protobuf's texts and ids are plain bytes.</summary>
public sealed class OtlpCollector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Dictionary<string, string> _got = [];
    private readonly Task _serving;

    /// <summary>Listens on a free port.</summary>
    public OtlpCollector()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        free.Stop();
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>For OTEL_EXPORTER_OTLP_ENDPOINT, with the protocol http/protobuf.</summary>
    public string Address { get; }

    /// <summary>All that came, as Latin-1, by path.</summary>
    public async Task<Dictionary<string, string>> StopAsync()
    {
        _listener.Stop();
        await _serving;
        return _got;
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            string path = context.Request.Url!.AbsolutePath;
            _got[path] = _got.GetValueOrDefault(path) + Encoding.Latin1.GetString(body.ToArray());
            context.Response.StatusCode = 200;
            context.Response.Close();
        }
    }
}
