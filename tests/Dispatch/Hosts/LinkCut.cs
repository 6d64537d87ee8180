using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Hosts;

/// <summary>One cut of the link while a step is at work, decided by a seed, and what came of it.</summary>
internal sealed class LinkCut : IDisposable
{
    private static readonly LinkFault[] Faults =
        [LinkFault.Reset, LinkFault.BlackHole, LinkFault.ServerKilled, LinkFault.HalfOpen, LinkFault.Slow];

    private static readonly string[] Moments = ["upload", "start", "run", "log"];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private const int UploadBytes = 8_000_000;

    private readonly TemporaryFolder _folder = new();
    private readonly SshServer _server = new(["ed25519"]);
    private readonly LinkProxy _proxy;
    private readonly HostSettings _settings;
    private readonly Random _random;
    private readonly ConcurrentQueue<long> _answered = new();
    private readonly LinkFault _fault;
    private readonly string _moment;
    private readonly bool _killed;

    public LinkCut(int seed, HostTransport transport)
    {
        _random = new Random(seed);
        (_fault, _moment, _killed) = (Faults[seed % 5], Moments[seed / 5 % 4], _random.Next(3) == 0);
        _proxy = new LinkProxy(_server.Port);
        File.WriteAllText(_folder.File("known"), $"[127.0.0.1]:* {File.ReadAllText(_server.PathOf("host_ed25519.pub"))}");
        _settings = _server.Settings(_folder.File("jobs"), transport) with { Port = _proxy.Port, KnownHosts = _folder.File("known") };
        Name = $"seed {seed}: {_fault} during {_moment}{(_killed ? ", dispatcher killed" : "")}";
        File.WriteAllBytes(_folder.File("file"), RandomNumberGenerator.GetBytes(UploadBytes));
    }

    public string Name { get; }

    private string Counter => _folder.File("counter");

    public void Dispose()
    {
        _proxy.Dispose();
        _server.Dispose();
        _folder.Dispose();
    }

    public async Task<CutResult> RunAsync()
    {
        var first = new HostRegistry([NewHost()]);
        Task<StepAnswer> step = Step(first), work = step;
        await Task.WhenAny(step, MomentAsync());
        bool met = !step.IsCompleted;
        Break();
        int longest = _fault is LinkFault.BlackHole or LinkFault.HalfOpen ? 24 : 6;
        await Task.Delay(TimeSpan.FromSeconds(0.5 + (_random.NextDouble() * longest)), TimeProvider.System);
        await using var second = new HostRegistry([NewHost()]);
        if (_killed)
        {
            // As a killed process: its connections are gone, and nobody waits for what it began.
            await first.DisposeAsync();
            _ = step.ContinueWith(static task => task.Exception, TaskScheduler.Default);
            work = Step(second);
        }

        bool ended = work.IsCompleted;
        Mend();
        long mended = Stopwatch.GetTimestamp();
        StepAnswer answer = await work.WaitAsync(Limit, TimeProvider.System);
        if (!_killed) await first.DisposeAsync();
        long? back = _answered.Where(at => at > mended).Select(at => (long?)at).Min();
        return new CutResult(
            Name, met, answer, Started: File.Exists(Counter) ? File.ReadAllLines(Counter).Length : 0, Intact(),
            ended || back is null ? null : Stopwatch.GetElapsedTime(mended, back.Value));
    }

    private static async Task UntilAsync(Func<bool> holds) => await Poll.UntilAsync(holds, Limit, "the moment of the cut");

    private ObservedHost NewHost() => new(HostRegistry.Create(_settings, TimeProvider.System), _answered);

    private async Task MomentAsync()
    {
        long up = _random.Next(1_000, _moment == "upload" ? UploadBytes : 16_000), down = _random.Next(1_000, 30_000);
        if (_moment is "upload" or "start")
        {
            await UntilAsync(() => _proxy.Up > up);
            return;
        }

        await UntilAsync(() => File.Exists(Counter));
        if (_moment == "log") down += _proxy.Down;
        else await Task.Delay(TimeSpan.FromSeconds(_random.NextDouble() * 2), TimeProvider.System);
        if (_moment == "log") await UntilAsync(() => _proxy.Down > down);
    }

    private void Break()
    {
        if (_fault == LinkFault.ServerKilled) _server.Kill();
        else _proxy.Break(_fault);
    }

    private void Mend()
    {
        if (_fault == LinkFault.ServerKilled) _server.Start();
        else _proxy.Mend();
    }

    private Task<StepAnswer> Step(HostRegistry hosts)
    {
        JsonObject settings = _moment == "upload"
            ? new JsonObject { ["host"] = "edge", ["files"] = _folder.File("file"), ["to"] = _folder.File("to") }
            : new JsonObject
            {
                ["host"] = "edge",
                ["command"] = $"echo started >>{Counter}; for i in $(seq 50); do seq $i 300; sleep 0.1; done; echo done",
            };
        var work = new StepWork("app.2026-11-28.r1", "app", new DateOnly(2026, 11, 28), "step", 1, 1, settings, _ => { });
        IStepKind kind = _moment == "upload"
            ? new UploadStep(hosts, _folder.Path, TimeProvider.System)
            : new ExecStep(hosts, TimeProvider.System);
        return Task.Run(() => kind.RunAsync(work, CancellationToken.None));
    }

    private bool Intact() => _moment != "upload"
        || (Directory.GetFileSystemEntries(_folder.File("to")).Length == 1
            && File.ReadAllBytes(_folder.File("to", "file")).AsSpan().SequenceEqual(File.ReadAllBytes(_folder.File("file"))));
}

/// <param name="Name">Which cut it was.</param>
/// <param name="Met">False: the step had ended before.</param>
/// <param name="Answer">The step's.</param>
/// <param name="Started">How often the command was started.</param>
/// <param name="Intact">True when an uploaded file is the one that was sent.</param>
/// <param name="Back">How long after the link's return the host answered again; null: the step needed nothing more.</param>
internal sealed record CutResult(string Name, bool Met, StepAnswer Answer, int Started, bool Intact, TimeSpan? Back)
{
    public bool IsUpload => Name.Contains("during upload", StringComparison.Ordinal);

    public bool Lost => Answer.End != StepEnd.Succeeded || !Intact || (!IsUpload && Started == 0);

    public override string ToString() => $"{Name}: {Answer.End} '{Answer.Text}', started {Started}, intact {Intact}, back after {Back}";
}
