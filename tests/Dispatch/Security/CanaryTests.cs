using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using BatchScoring.Tests.Dispatch.Hosts;
using BatchScoring.Tests.Testing;
using MimeKit;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Dispatch.Security;

/// <summary>Secrets of every place, through runs that succeed, fail and are tried again: they stand nowhere afterwards.</summary>
public sealed partial class CanaryTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private CanaryWorld _world = null!;
    private readonly List<string> _leaks = [];
    private int _looked;

    [SkippableFact]
    public async Task Secrets_OfEveryPlace_AreFoundNowhere()
    {
        ProcessWatch watch;
        using (watch = new ProcessWatch(_world.Secrets))
        {
            await RunAsync();
            WrongSecrets();
        }

        Canaries secrets = _world.Secrets;
        Dictionary<string, bool> used = Used();
        used.ShouldAllBe(pair => pair.Value);
        foreach (string line in _world.Folder.Errors) Look("standard streams", line);
        LookAtMails();
        foreach (string body in _world.Told) Look("second channel", body);
        LookAtFiles();
        foreach (string found in watch.InArguments.Keys) _leaks.Add($"arguments: {found}");
        foreach ((string process, bool isJob, string place) in watch.InVariables.Keys)
            if (!MayHave(process, isJob, place)) _leaks.Add($"variables: {place}: {process}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{secrets.Places.Count()} secrets; {watch.Seen} looks at processes, {_looked} texts, {_world.Mail.Letters.Count} letters"));
        _leaks.ShouldBeEmpty();
        secrets.Places.Count().ShouldBeGreaterThanOrEqualTo(20);
        watch.InVariables.ShouldNotBeEmpty("jobs have theirs: else the watch is blind");
    }

    public Task InitializeAsync()
    {
        SshServer.Require();
        _world = new CanaryWorld();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        if (_world is not null) await _world.DisposeAsync();
    }

    /// <summary>That the secrets were at work at all.</summary>
    private Dictionary<string, bool> Used()
    {
        Canaries secrets = _world.Secrets;
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secrets["variables"])));
        string mail = string.Join('\n', _world.Mail.Lines), web = string.Join('\n', _world.Requests);
        string jobs = string.Concat(Directory.EnumerateFiles(Path.Combine(_world.Folder.Path, "jobs"), "log", SearchOption.AllDirectories)
            .Select(File.ReadAllText));
        return new Dictionary<string, bool>
        {
            ["jobs had their variables"] = Regex.Matches(jobs, hash).Count == 3,
            ["mail password"] = secrets.In(mail).Contains("mail password"),
            ["wrong mail password"] = secrets.In(mail).Contains("wrong mail password"),
            ["mail token"] = secrets.In(mail).Contains("mail token"),
            ["wrong mail token"] = secrets.In(mail).Contains("wrong mail token"),
            ["webhook"] = web.Contains(secrets["webhook address"], StringComparison.Ordinal)
                && web.Contains(secrets["webhook header"], StringComparison.Ordinal),
            ["http header"] = web.Contains(secrets["http header"], StringComparison.Ordinal),
        };
    }

    private async Task RunAsync()
    {
        _world.Configure($"password_file: \"{_world.FileOf("mail password")}\"");
        _world.Folder.Start();
        await Poll.UntilAsync(() => _world.Folder.Errors.Any(line => line.Contains("Page:", StringComparison.Ordinal)), Limit, "the page");
        foreach (string pipeline in new[] { "good", "bad" }) Command("run", pipeline, "--date", "2026-11-28", "--no-wait");
        await Poll.UntilAsync(
            () => _world.Mail.Letters.Count >= 2 && _world.Folder.Runs().TrueForAll(run => run.Ended is not null), Limit, "both letters");
        _world.Folder.Runs().Select(run => $"{run.Pipeline} {run.State}").ShouldBe(["good Ok", "bad Failed"], ignoreOrder: true);
        await LookAtPagesAsync();
        foreach (string pipeline in new[] { "good", "bad" }) Command("logs", $"{pipeline}.2026-11-28.r1");
        Command("doctor");
        Command("backup", Path.Combine(_world.Folder.Path, "backup.db"));
        _world.Folder.Abort();
        File.Exists(Path.Combine(_world.Folder.Path, "ledger.db-wal")).ShouldBeTrue();
        LookAtFiles();
        Directory.EnumerateFiles(_world.Folder.Path, "core*").ShouldBeEmpty("a crash leaves no memory behind");
    }

    private void WrongSecrets()
    {
        _world.Mail.Answer = (verb, line) => verb == "AUTH" && _world.Secrets.In(line).Any(place => place.StartsWith("wrong", StringComparison.Ordinal))
            ? "535 5.7.8 no" : null;
        foreach (string key in new[] { "password", "token" })
        {
            _world.Configure($"{key}_file: \"{_world.FileOf("wrong mail " + key)}\"", "malformed webhook address");
            Command("mail-test", "jane@example.org");
        }

        Command("run", "bad", "--date", "2026-11-29");
        _world.Configure($"token_file: \"{_world.FileOf("mail token")}\"");
        Command("mail-test", "jane@example.org");
        foreach (string command in new[] { "status", "history", "outbox", "check" }) Command(command);
        foreach (string command in new[] { "history", "outbox" }) Command(command, "--json");
        Command("why", "bad");
    }

    private void Command(params string[] words)
    {
        ProgramResult result = _world.Folder.Run(words);
        Look(string.Join(' ', words), result.Output + result.Errors);
    }

    private void Look(string where, string text)
    {
        _looked++;
        foreach (string place in _world.Secrets.In(text)) _leaks.Add($"{where}: {place}");
    }

    private void LookAtMails()
    {
        foreach ((_, string content) in _world.Mail.Letters)
        {
            Look("letter", content);
            var letter = MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(content)));
            foreach (MimePart part in letter.BodyParts.OfType<MimePart>())
            {
                var decoded = new MemoryStream();
                part.Content!.DecodeTo(decoded);
                Look("letter", Encoding.Latin1.GetString(decoded.ToArray()));
            }
        }
    }

    private void LookAtFiles()
    {
        string secrets = Path.Combine(_world.Folder.Path, "secrets");
        foreach (string file in Directory.EnumerateFiles(_world.Folder.Path, "*", SearchOption.AllDirectories))
            if (!file.StartsWith(secrets, StringComparison.Ordinal)) Look(file, Encoding.Latin1.GetString(File.ReadAllBytes(file)));
    }

    private async Task LookAtPagesAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() })
        {
            BaseAddress = new Uri($"http://{_world.Page}"),
            Timeout = Limit,
        };
        foreach (string token in new[] { "wrong page token", "page token" })
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("name", "jane"), KeyValuePair.Create("token", _world.Secrets[token])]);
            using HttpResponseMessage signed = await client.PostAsync("/sign-in", form);
            Look("/sign-in", $"{signed.Headers} {await signed.Content.ReadAsStringAsync()}");
            using HttpRequestMessage wish = new(HttpMethod.Post, "/api/pipelines/good/pause");
            wish.Headers.Authorization = new("Bearer", _world.Secrets[token]);
            wish.Content = new StringContent("""{"reason": ""}""", Encoding.UTF8, "application/json");
            using HttpResponseMessage asked = await client.SendAsync(wish);
            Look("/api", await asked.Content.ReadAsStringAsync());
        }

        Queue<string> open = new([
            "/", "/today", "/queue", "/mail", "/metrics", "/openapi.json", "/health/ready", "/api/pipelines", "/api/mail", "/api/today",
            "/api/queue", "/api/runs/bad.2026-11-28.r1", "/api/runs/good.2026-11-28.r1", "/api/pipelines/bad", "/runs/none", "/pipelines/none"]);
        HashSet<string> seen = [.. open];
        while (open.TryDequeue(out string? path))
        {
            using HttpResponseMessage answer = await client.GetAsync(path);
            string text = await answer.Content.ReadAsStringAsync();
            Look(path, $"{answer.Headers} {text}");
            foreach (Match link in Link().Matches(text))
            {
                string target = new Uri(new Uri(client.BaseAddress, path), WebUtility.HtmlDecode(link.Groups["path"].Value)).PathAndQuery;
                if (seen.Count < 80 && seen.Add(target)) open.Enqueue(target);
            }
        }

        seen.ShouldContain(path => path == "/runs/bad.2026-11-28.r1/steps/fails/log", string.Join(' ', seen));
    }

    /// <summary>The dispatcher and what it starts here have its variables, but pass phrases only ssh of that host; a job has its file's.</summary>
    private static bool MayHave(string process, bool isJob, string place) => place switch
    {
        "variables" or "variables of a failure" => isJob,
        "pass phrase of env" => !isJob && IsOurs(process, "/env\""),
        "wrong pass phrase in a variable" => !isJob && IsOurs(process, "/ask\""),
        _ => place.StartsWith("store", StringComparison.Ordinal),
    };

    /// <summary>The dispatcher, ssh with a key, what asks for its pass phrase, the leash of a connection, and what is not yet a program.</summary>
    private static bool IsOurs(string process, string key) => process is "" or "cat "
        || new[] { BuiltProgram.Dispatcher.Path, key, "askpass" }.Any(part => process.Contains(part, StringComparison.Ordinal));

    [GeneratedRegex("href=\"(?<path>[/?][^\"#]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
