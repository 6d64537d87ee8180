using System.Security.Cryptography;
using System.Text;
using BatchScoring.Tests.Dispatch.Hosts;
using BatchScoring.Tests.Dispatch.Mail;
using BatchScoring.Tests.Dispatch.Programs;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Security;

/// <summary>The real program with a secret in every place that takes one, an SSH server, a mail server and a web service.</summary>
internal sealed class CanaryWorld : IAsyncDisposable
{
    private readonly SshServer _ssh = new();

    public CanaryWorld()
    {
        Web = new TinyHttpServer(request =>
        {
            lock (Requests) Requests.Add($"{request.Path} {string.Join(' ', request.Headers.Values)}");
            if (request.Path.StartsWith("/hook", StringComparison.Ordinal)) lock (Told) Told.Add(Encoding.UTF8.GetString(request.Body));
            bool bad = request.Path == "/bad";
            return Task.FromResult<byte[]?>(TinyHttpServer.Answer(
                bad ? 500 : 200, Encoding.UTF8.GetBytes(bad ? $"wrong: {request.Headers["Authorization"]}" : "ok")));
        });
        foreach ((string name, string type) in new[] { ("file", "ed25519"), ("ask", "ed25519"), ("env", "ecdsa") })
        {
            string key = _ssh.MakeKey(name, type, Secrets["pass phrase of " + name]);
            _ssh.Authorize(key + ".pub");
            Secrets["key " + name] = File.ReadAllLines(key)[2][..40];
        }

        foreach (string place in new[] { "pass phrase of file", "pass phrase of ask", "wrong pass phrase", "mail password",
            "wrong mail password", "mail token", "wrong mail token", "page token" }) Secret(place, Secrets[place] + "\n");
        Secret("webhook address", $"{Web.Address}/hook/{Secrets["webhook address"]}\n");
        Secret("malformed webhook address", Secrets["malformed webhook address"] + "\n");
        Secret("webhook header", $"X-Key: {Secrets["webhook header"]}\n");
        Secret("http header", $"Authorization: {Secrets["http header"]}\n");
        Secret("malformed http header", Secrets["malformed http header"] + "\n");
        Secret("variables", $"SECRET='{Secrets["variables"]}'\n");
        Secret("variables of a failure", $"# of a job that fails\nexport SECRET={Secrets["variables of a failure"]}\n");
        Secret("malformed variables", $"SECRET=two {Secrets["malformed variables"]}\n");
        Folder.Environment["EDGE_PHRASE"] = Secrets["pass phrase of env"];
        Folder.Environment["WRONG_PHRASE"] = Secrets["wrong pass phrase in a variable"];
        Folder.Environment["AWS_ACCESS_KEY_ID"] = Secrets["store key id"];
        Folder.Environment["AWS_SECRET_ACCESS_KEY"] = Secrets["store key"];
        Folder.Environment["AWS_SESSION_TOKEN"] = Secrets["store token"];
        WritePipelines();
    }

    public Canaries Secrets { get; } = new();

    public DispatcherFolder Folder { get; } = new();

    public RawSmtp Mail { get; } = new() { Offers = ["STARTTLS", "AUTH PLAIN LOGIN XOAUTH2"] };

    public TinyHttpServer Web { get; }

    /// <summary>All that the web service was sent.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Messages of the second channel.</summary>
    public List<string> Told { get; } = [];

    public string Page { get; } = FormattableString.Invariant($"127.0.0.1:{FreePorts.Take(1)[0]}");

    /// <summary>The file of a place.</summary>
    public string FileOf(string place) => Path.Combine(Folder.Path, "secrets", place.Replace(' ', '-'));

    public void Configure(string smtp, string webhook = "webhook address") =>
        File.WriteAllText(Path.Combine(Folder.Path, "dispatcher.yaml"), $$"""
            name: canaries
            page: {listen: "{{Page}}", token_file: "{{FileOf("page token")}}"}
            hosts:
              file: {{{Host("file")}}, passphrase_file: "{{FileOf("pass phrase of file")}}"}
              ask: {transport: openssh, {{Host("ask")}}, passphrase_file: "{{FileOf("pass phrase of ask")}}"}
              env: {transport: openssh, {{Host("env")}}, passphrase_env: EDGE_PHRASE}
              wrong: {{{Host("file")}}, passphrase_file: "{{FileOf("wrong pass phrase")}}"}
              wrong-ask: {transport: openssh, {{Host("ask")}}, passphrase_env: WRONG_PHRASE}
            mail:
              from: scoring@example.org
              smtp: {host: localhost, port: {{Mail.Port}}, pin: {{Convert.ToHexString(SHA256.HashData(Mail.Certificate.RawData))}}, user: scoring, {{smtp}}}
              webhook: {url_file: "{{FileOf(webhook)}}", header_file: "{{FileOf("webhook header")}}"}
            """);

    public async ValueTask DisposeAsync()
    {
        Folder.Dispose();
        _ssh.Dispose();
        Web.Dispose();
        await Mail.DisposeAsync();
    }

    private string Host(string key) => FormattableString.Invariant(
        $"address: 127.0.0.1, port: {_ssh.Port}, user: {Environment.UserName}, key: \"{_ssh.PathOf(key)}\", known_hosts: \"{_ssh.KnownHosts}\", jobs: \"{Folder.Path}/jobs\"");

    private void Secret(string place, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(place))!);
        File.WriteAllText(FileOf(place), text);
        SshServer.Run("chmod", "600", FileOf(place));
    }

    private void WritePipelines()
    {
        string good = string.Concat(new[] { "file", "ask", "env", "local" }.Select(host =>
            $"- {{name: on-{host}, exec: {{host: {host}, environment_file: \"{FileOf("variables")}\", command: [sh, -c, "
            + "\"printf %s $SECRET | sha256sum; sleep 0.5\"]}}\n"));
        Write("good", $$"""
            {{good}}- {name: call, http: {url: "{{Web.Address}}/good", header_file: "{{FileOf("http header")}}" } }
            """);
        Write("bad", $$"""
            - {name: fails, after: [], exec: {host: ask, environment_file: "{{FileOf("variables of a failure")}}", command: [sh, -c, "echo no; exit 1"] }, retries: {count: 1, wait: 1s} }
            - {name: malformed, after: [], exec: {host: file, environment_file: "{{FileOf("malformed variables")}}", command: ["true"] } }
            - {name: missing, after: [], exec: {environment_file: "{{FileOf("nothing")}}", command: ["true"] } }
            - {name: wrong, after: [], exec: {host: wrong, command: ["true"] } }
            - {name: wrong-ask, after: [], exec: {host: wrong-ask, command: ["true"] } }
            - {name: echoed, after: [], http: {url: "{{Web.Address}}/bad", header_file: "{{FileOf("http header")}}" }, retries: {count: 1, wait: 1s} }
            - {name: headless, after: [], http: {url: "{{Web.Address}}/good", header_file: "{{FileOf("malformed http header")}}" } }
            """);
    }

    private void Write(string name, string steps) => File.WriteAllText(
        Path.Combine(Folder.Path, "pipelines", name + ".yaml"), "mail: [{to: jane@example.org}]\nsteps:\n" + steps);
}
