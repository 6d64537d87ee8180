using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Tests.Dispatch.Hosts;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Steps;

/// <summary>What people see, and what a cancel does, while a link is lost.</summary>
public sealed class LostLinkTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _told = [];
    private SshServer? _server;
    private LinkProxy? _proxy;
    private HostRegistry? _hosts;

    private string Counter => _folder.File("counter");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_hosts is not null) await _hosts.DisposeAsync();
        _proxy?.Dispose();
        _server?.Dispose();
        _folder.Dispose();
    }

    [SkippableTheory]
    [InlineData("SshNet")]
    [InlineData("OpenSsh")]
    public async Task LostLink_IsToldWithSinceWhen_AndForgottenWhenItIsBack(string transport)
    {
        Task<StepAnswer> running = Run(transport,
            $"echo started >>{Counter}; {WaitFor("work")}; echo working; {WaitFor("end")}; echo done");
        await Poll.UntilAsync(() => File.Exists(Counter), Limit, "the job runs");
        _proxy!.Break(LinkFault.Reset);
        await Poll.UntilAsync(() => Told("link to edge lost since "), Limit, "the lost link is told");
        _proxy.Mend();
        File.WriteAllText(_folder.File("work"), "");
        await Poll.UntilAsync(() => Told("working"), Limit, "the link is back, and the lost one no longer told");
        File.WriteAllText(_folder.File("end"), "");
        (await running.WaitAsync(Limit)).Text.ShouldBe("done");
        lock (_told) _told[^1].ShouldNotContain("lost");
        File.ReadAllLines(Counter).Length.ShouldBe(1);
    }

    [SkippableFact]
    public async Task Cancel_WhileTheLinkIsLost_EndsTheJobOnceItIsBack()
    {
        using var stop = new CancellationTokenSource();
        Task<StepAnswer> running = Run("SshNet", $"echo started >>{Counter}; sleep 60; echo late >>{Counter}", stop.Token);
        await Poll.UntilAsync(() => File.Exists(Counter), Limit, "the job runs");
        _proxy!.Break(LinkFault.Reset);
        await Poll.UntilAsync(() => Told("lost since"), Limit, "the lost link is told");
        await stop.CancelAsync();
        running.IsCompleted.ShouldBeFalse();
        _proxy.Mend();
        (await running.WaitAsync(Limit)).End.ShouldBe(StepEnd.Cancelled);
        File.ReadAllLines(Counter).Length.ShouldBe(1);
    }

    [SkippableFact]
    public async Task SlowUpload_TellsHowFarItIs()
    {
        IHost host = Connect("SshNet").Of("edge");
        await host.RunAsync(new ShellScript(":"), Limit, CancellationToken.None);
        _proxy!.Break(LinkFault.Slow);
        File.WriteAllBytes(_folder.File("file"), new byte[1_500_000]);
        List<long> sent = [];
        await new FileUpload(host, 1).RunAsync(_folder.File("file"), _folder.File("to"), sent.Add, CancellationToken.None);
        sent.ShouldContain(bytes => bytes > 0 && bytes < 1_500_000);
        sent[^1].ShouldBe(1_500_000);
    }

    /// <summary>What a job does until the test lets it go on.</summary>
    private string WaitFor(string name) => $"until [ -e {_folder.File(name)} ]; do sleep 0.1; done";

    private bool Told(string text)
    {
        lock (_told) return _told.Any(told => told.Contains(text, StringComparison.Ordinal));
    }

    private HostRegistry Connect(string transport)
    {
        SshServer.Require();
        _server = new SshServer(["ed25519"]);
        _proxy = new LinkProxy(_server.Port);
        File.WriteAllText(_folder.File("known"), $"[127.0.0.1]:* {File.ReadAllText(_server.PathOf("host_ed25519.pub"))}");
        HostSettings settings = _server.Settings(_folder.File("jobs"), Enum.Parse<HostTransport>(transport)) with
        {
            Port = _proxy.Port,
            KnownHosts = _folder.File("known"),
        };
        return _hosts = new HostRegistry([HostRegistry.Create(settings, TimeProvider.System)]);
    }

    private Task<StepAnswer> Run(string transport, string command, CancellationToken cancellation = default)
    {
        HostRegistry hosts = Connect(transport);
        var work = new StepWork("app.2026-11-28.r1", "app", new DateOnly(2026, 11, 28), "exec", 1, 1,
            new JsonObject { ["host"] = "edge", ["command"] = command }, told =>
            {
                lock (_told) _told.Add(told.Text ?? "");
            });
        return Task.Run(() => new ExecStep(hosts, TimeProvider.System).RunAsync(work, cancellation));
    }
}
