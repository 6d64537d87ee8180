using System.Diagnostics;
using System.Globalization;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Tests.Dispatch.Hosts;
using BatchScoring.Tests.Dispatch.Programs;

namespace BatchScoring.Bench.Dispatching;

/// <summary>
/// How long after its due second a job runs. Everybody has a second of its own in every ten, so that nobody waits for another's process.
/// </summary>
internal sealed class Lateness(Options options)
{
    private const int Period = 10, OurSecond = 1;

    private static readonly Dictionary<string, int> PeersSeconds = new(StringComparer.Ordinal)
    {
        ["Debian cron"] = 0,
        ["APScheduler"] = 2,
        ["npm cron"] = 3,
        ["npm node-cron"] = 4,
        ["Quartz"] = 6,
    };

    private static readonly (string Pipeline, int Second)[] BySsh = [("ssh.net", 5), ("openssh", 8)];

    public async Task RunAsync()
    {
        using var folder = new DispatcherFolder { Program = options.Program };
        using var server = new SshServer(["ed25519"]) { More = $"SetEnv HOME={folder.Path}" };
        // Bash reads a profile for every command, and what stands in that of this machine's user is not what is measured.
        server.Kill();
        server.Start();
        await using var mail = new MailSink();
        Write(folder, server, mail.Port);
        folder.Start();
        List<(Peer Peer, string Version, Process Process)> peers = [];
        foreach (Peer peer in Peer.All(options.Peers).Where(peer => peer.HasTick))
        {
            if (peer.Version() is { } version)
                peers.Add((peer, version, peer.Tick(Line(PeersSeconds[peer.Name]), Note(folder, peer.Name))));
            else Console.WriteLine($"{peer.Name}: not here; {peer.Missing}");
        }

        await Task.Delay(TimeSpan.FromSeconds(options.Seconds), TimeProvider.System);
        foreach ((_, _, Process process) in peers)
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
        }

        // What is due now may end.
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
        folder.Kill();
        Tell(folder, peers.ConvertAll(each => (each.Peer.Name, each.Version)), mail.Letters);
    }

    private static void Tell(DispatcherFolder folder, List<(string Name, string Version)> peers, int received)
    {
        double ours = Started("ours, here", Late(folder, "one", OurSecond)), best = double.MaxValue;
        foreach ((string name, string version) in peers)
        {
            best = Math.Min(best, Started($"{name} {version}", Late(folder, name, PeersSeconds[name])));
        }

        foreach ((string pipeline, int second) in BySsh)
            Started($"ours, on a host by {pipeline}", Late(folder, pipeline, second));
        double[] one = Times(folder, "one"), two = Times(folder, "two"), three = Times(folder, "three");
        Console.WriteLine("step → next step, here: "
            + new Spread(two.Zip(one).Concat(three.Zip(two)).Select(pair => (pair.First - pair.Second) * 1000)).Text("steps"));
        using var ledger = Ledger.Open(Path.Combine(folder.Path, "ledger.db"));
        var ended = ledger.Sql.Query($"SELECT {RunRow.Columns} FROM runs WHERE ended IS NOT NULL", RunRow.Read)
            .ToDictionary(run => run.Id, run => run.Ended!.Value, StringComparer.Ordinal);
        OutboxRow[] sent = [.. Outbox.List(ledger.Sql, OutboxState.Sent, int.MaxValue).Where(letter => letter.Run is not null)];
        foreach (IGrouping<OutboxChannel, OutboxRow> letters in sent.GroupBy(letter => letter.Channel))
        {
            var waited = new Spread(letters.Select(letter => (letter.Ended!.Value - ended[letter.Run!]).TotalMilliseconds));
            Console.WriteLine($"end → mail handed over, {letters.Key.ToString().ToLowerInvariant()}: {waited.Text("letters")}");
        }

        int files = Directory.GetFiles(Path.Combine(folder.Path, "mailbox")).Length;
        Console.WriteLine($"the mail server took {received} letters, the folder has {files}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"due → started, p50: ours {ours:0} ms, the best peer {best:0} ms; ratio {best / ours:0.00}"));
    }

    /// <summary>The first firing is told apart: code that runs for the first time, and a connection that is made.</summary>
    /// <returns>The median.</returns>
    private static double Started(string who, double[] late)
    {
        var warm = new Spread(late.Skip(1));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"due → started, {who}: {warm.Text("firings")}; the first {late.FirstOrDefault():0} ms"));
        return warm.Median;
    }

    private static string Line(int second) => $"{second}-59/{Period} * * * * *";

    private static string Note(DispatcherFolder folder, string name) => $"date +%s.%N >>{folder.Path}/{name.Replace(' ', '-')}";

    private static double[] Times(DispatcherFolder folder, string name) =>
        [.. folder.Lines(name.Replace(' ', '-')).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];

    private static double[] Late(DispatcherFolder folder, string name, int second) =>
        [.. Times(folder, name).Select(at => (at - second) % Period * 1000)];

    private static void Write(DispatcherFolder folder, SshServer server, int mail)
    {
        string Host(string transport) => $"{{transport: {transport}, address: 127.0.0.1, port: {server.Port}, "
            + $"user: {Environment.UserName}, key: {server.UserKey}, known_hosts: {server.KnownHosts}, "
            + $"jobs: {server.PathOf("jobs-" + transport)}}}";
        File.WriteAllText(Path.Combine(folder.Path, "dispatcher.yaml"), $$"""
            name: bench
            page: {listen: "127.0.0.1:0"}
            hosts:
              net: {{Host("ssh.net")}}
              open: {{Host("openssh")}}
            mail:
              from: bench@example.org
              folder: mailbox
              smtp: {host: 127.0.0.1, port: {{mail}}, tls: none, allow_clear: true}
            """);
        Pipeline(
            folder, "local", OurSecond, "mail: [{to: jane@example.org, on: [ok]}]", ("one", "local"), ("two", "local"), ("three", "local"));
        Pipeline(folder, "net", BySsh[0].Second, "", (BySsh[0].Pipeline, "net"));
        Pipeline(folder, "open", BySsh[1].Second, "", (BySsh[1].Pipeline, "open"));
    }

    private static void Pipeline(
        DispatcherFolder folder, string name, int second, string more, params (string File, string Host)[] steps) =>
        File.WriteAllText(Path.Combine(folder.Path, "pipelines", name + ".yaml"), $$"""
            schedule: {cron: "{{Line(second)}}", seconds: true, zone: UTC}
            {{more}}
            steps:
            {{string.Join('\n', steps.Select((step, i) =>
                $"- {{name: step-{i}, exec: {{host: {step.Host}, command: \"{Note(folder, step.File)}\"}}}}"))}}
            """);
}
