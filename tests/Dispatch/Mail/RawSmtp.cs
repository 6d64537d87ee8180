using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace BatchScoring.Tests.Dispatch.Mail;

/// <summary>
/// A mail server that misbehaves as told, which none that can be installed does: hangs, hangs up, answers anything at any place. Every byte
/// that it gets is kept, those before TLS apart.
/// </summary>
internal sealed class RawSmtp : IAsyncDisposable
{
    /// <summary>An answer that is none: the connection is closed.</summary>
    public const string Cut = "\0cut";

    /// <summary>An answer that never comes.</summary>
    public const string Hang = "\0hang";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    public RawSmtp()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>By verb (<c>GREETING</c>, <c>EHLO</c> …, <c>.</c> for the end of a letter) and whole line; null: as it should be.</summary>
    public Func<string, string, string?> Answer { get; set; } = (_, _) => null;

    public IReadOnlyList<string> Offers { get; set; } = ["STARTTLS", "AUTH PLAIN LOGIN", "SIZE 10000000", "PIPELINING", "8BITMIME"];

    public X509Certificate2 Certificate { get; set; } = SelfSigned("localhost");

    public bool ImplicitTls { get; set; }

    /// <summary>Sent in clear behind the 220 of STARTTLS.</summary>
    public string Injected { get; set; } = "";

    /// <summary>What came in before TLS, byte by byte as Latin 1.</summary>
    public StringBuilder Clear { get; } = new();

    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>Letters that it said to have: the recipients it took, and the content.</summary>
    public ConcurrentQueue<(IReadOnlyList<string> To, string Content)> Letters { get; } = new();

    /// <summary>Letters that came to their end, whatever was answered.</summary>
    public int Dots { get; private set; }

    public int Connections { get; private set; }

    public static X509Certificate2 SelfSigned(string name)
    {
        using var key = RSA.Create(2048);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.CreateSelfSigned(
            DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> conversations = [];
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
                Connections++;
                conversations.Add(TalkAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(conversations);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using TcpClient own = client;
        try
        {
            Stream stream = client.GetStream();
            if (ImplicitTls) stream = await SecureAsync(stream);
            if (!await SayAsync(stream, "GREETING", "", "220 raw ready")) return;
            List<string> to = [];
            while (await ReadLineAsync(stream) is { } line)
            {
                Lines.Enqueue(line);
                string verb = line.Split(' ', ':')[0].ToUpperInvariant();
                if (verb == "MAIL") to = [];
                if (!await SayAsync(stream, verb, line, Usual(verb, line))) return;
                switch (verb)
                {
                    case "STARTTLS" when Answer(verb, line) is null:
                        stream = await SecureAsync(stream);
                        break;
                    case "AUTH" when line.StartsWith("AUTH LOGIN", StringComparison.Ordinal):
                        await ReadLineAsync(stream);
                        if (line == "AUTH LOGIN")
                        {
                            await WriteAsync(stream, "334 UGFzc3dvcmQ6\r\n");
                            await ReadLineAsync(stream);
                        }

                        if (!await SayAsync(stream, "LOGIN", line, "235 welcome")) return;
                        break;
                    case "RCPT" when (Answer(verb, line) ?? "250").StartsWith('2'):
                        to.Add(line[(line.IndexOf('<') + 1)..line.IndexOf('>')]);
                        break;
                    case "DATA" when (Answer(verb, line) ?? "354").StartsWith('3'):
                        if (await ReadContentAsync(stream) is not { } content) return;
                        Dots++;
                        if ((Answer(".", content) ?? "250").StartsWith('2')) Letters.Enqueue((to, content));
                        if (!await SayAsync(stream, ".", content, "250 2.0.0 queued")) return;
                        break;
                    case "QUIT":
                        return;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The client went, or the test ended.
        }
    }

    private string Usual(string verb, string line) => verb switch
    {
        "EHLO" => "250-raw\r\n" + string.Concat(Offers.Select(offer => $"250-{offer}\r\n")) + "250 ENHANCEDSTATUSCODES",
        "STARTTLS" => "220 go ahead",
        "AUTH" when line == "AUTH LOGIN" => "334 VXNlcm5hbWU6",
        "AUTH" when line.StartsWith("AUTH LOGIN", StringComparison.Ordinal) => "334 UGFzc3dvcmQ6",
        "AUTH" => "235 welcome",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 ok",
    };

    private async Task<bool> SayAsync(Stream stream, string verb, string line, string usual)
    {
        string answer = Answer(verb, line) ?? usual;
        if (answer == Cut) return false;
        if (answer == Hang) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _end.Token);
        await WriteAsync(stream, answer + "\r\n" + (verb == "STARTTLS" ? Injected : ""));
        return true;
    }

    private async Task<Stream> SecureAsync(Stream stream)
    {
        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, _end.Token);
        return secure;
    }

    private async Task<string?> ReadContentAsync(Stream stream)
    {
        StringBuilder content = new();
        while (await ReadLineAsync(stream) is { } line)
        {
            if (line == ".") return content.ToString();
            content.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return null;
    }

    /// <summary>Byte by byte: what belongs to the TLS handshake must not be read as text.</summary>
    private async Task<string?> ReadLineAsync(Stream stream)
    {
        StringBuilder line = new();
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one, _end.Token) == 1)
        {
            if (stream is not SslStream) Clear.Append((char)one[0]);
            if (one[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }

        return null;
    }

    private static async Task WriteAsync(Stream stream, string text)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
        await stream.FlushAsync();
    }
}
