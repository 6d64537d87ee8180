using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Tests.Dispatch.Hosts;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Bench.Dispatching;

/// <summary>One job on a host whose link is cut while it runs.</summary>
internal sealed class LinkRun : IAsyncDisposable
{
    /// <summary>A job of a minute and cuts of 10 to 300 seconds, ten times as fast.</summary>
    public const int Scale = 10;

    /// <summary>Whoever has not told the end by then never will.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private static readonly LinkFault[] Faults = [LinkFault.Reset, LinkFault.BlackHole, LinkFault.HalfOpen, LinkFault.ServerKilled];

    private readonly TemporaryFolder _folder = new();
    private readonly SshServer _server = new(["ed25519"]);
    private readonly LinkProxy _proxy;
    private readonly Random _random;
    private readonly string _peers, _who;

    public LinkRun(string peers, int seed, string who)
    {
        (_peers, _who) = (peers, who);
        _random = new Random(seed);
        Fault = Faults[seed % Faults.Length];
        _proxy = new LinkProxy(_server.Port);
        File.WriteAllText(_folder.File("known"), $"[127.0.0.1]:* {File.ReadAllText(_server.PathOf("host_ed25519.pub"))}");
    }

    public LinkFault Fault { get; }

    /// <summary>Six seconds of work that says how far it is, as jobs do.</summary>
    private string Command => $"echo started >>{_folder.File("started")}; for i in $(seq 12); do echo $i; sleep 0.5; done; "
        + $"echo ended >>{_folder.File("ended")}";

    public async ValueTask DisposeAsync()
    {
        _proxy.Dispose();
        _server.Dispose();
        await Task.Yield();
        _folder.Dispose();
    }

    public async Task<LinkResult> RunAsync()
    {
        using var stop = new CancellationTokenSource();
        ConcurrentQueue<long> answered = new();
        Task<bool> work = _who switch
        {
            "plain ssh" => ProgramAsync([.. Ssh(), Command], answered, stop.Token),
            "wrapper" => ProgramAsync(
                ["bash", Path.Combine(_peers, "wrapper.sh"), _folder.File("jobs"), Command, .. Ssh()], answered, stop.Token),
            "openssh" => OursAsync(HostTransport.OpenSsh, answered, stop.Token),
            _ => OursAsync(HostTransport.SshNet, answered, stop.Token),
        };
        await Poll.UntilAsync(() => File.Exists(_folder.File("started")), Limit, "the job runs");
        await Task.Delay(TimeSpan.FromSeconds(_random.NextDouble() * 3), TimeProvider.System);
        if (Fault == LinkFault.ServerKilled) _server.Kill();
        else _proxy.Break(Fault);
        await Task.Delay(TimeSpan.FromSeconds((10 + (_random.NextDouble() * 290)) / Scale), TimeProvider.System);
        if (Fault == LinkFault.ServerKilled) _server.Start();
        else _proxy.Mend();
        long mended = Stopwatch.GetTimestamp();
        bool told = await Task.WhenAny(work, Task.Delay(Limit, TimeProvider.System)) == work && await work;
        await stop.CancelAsync();
        long? back = answered.Where(at => at > mended).Select(at => (long?)at).Min();
        return new LinkResult(
            _who, told, Lines("started"), Lines("ended"), back is null ? null : Stopwatch.GetElapsedTime(mended, back.Value));
    }

    private int Lines(string name) => File.Exists(_folder.File(name)) ? File.ReadAllLines(_folder.File(name)).Length : 0;

    private string[] Ssh() =>
    [
        "ssh", "-T", "-F", "none", "-i", _server.UserKey, "-p", _proxy.Port.ToString(CultureInfo.InvariantCulture), "-o", "BatchMode=yes",
        "-o", $"UserKnownHostsFile={_folder.File("known")}", "-o", "LogLevel=ERROR", $"{Environment.UserName}@127.0.0.1",
    ];

    private async Task<bool> OursAsync(HostTransport transport, ConcurrentQueue<long> answered, CancellationToken stop)
    {
        HostSettings settings = _server.Settings(_folder.File("jobs"), transport) with
        {
            Port = _proxy.Port,
            KnownHosts = _folder.File("known"),
        };
        await using var hosts = new HostRegistry([new ObservedHost(HostRegistry.Create(settings, TimeProvider.System), answered)]);
        var work = new StepWork("app.2026-11-29.r1", "app", new DateOnly(2026, 11, 29), "step", 1, 1,
            new JsonObject { ["host"] = "edge", ["command"] = Command }, _ => { });
        StepAnswer answer = await Task.Run(
            () => new ExecStep(hosts, TimeProvider.System).RunAsync(work, stop), CancellationToken.None);
        return answer.End == StepEnd.Succeeded;
    }

    /// <summary>True when it says that the job has succeeded. A line of the wrapper's is a look that came through.</summary>
    private static async Task<bool> ProgramAsync(string[] words, ConcurrentQueue<long> answered, CancellationToken stop)
    {
        using Process process = Process.Start(new ProcessStartInfo(words[0], words[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null) answered.Enqueue(Stopwatch.GetTimestamp());
        };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(stop);
            return process.ExitCode == 0;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return false;
        }
    }
}

/// <param name="Who">Who ran the job.</param>
/// <param name="Told">It told that the job succeeded.</param>
/// <param name="Started">How often the job was started.</param>
/// <param name="Ended">How often it came to its end.</param>
/// <param name="Back">How long after the link's return the first word of the job came through; null: none did.</param>
internal sealed record LinkResult(string Who, bool Told, int Started, int Ended, TimeSpan? Back);
