using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Tests.Dispatch.Hosts;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Steps;

/// <summary>The package over SSH to a host with nothing of ours on it, and from there to a real YARN in cluster mode.</summary>
public sealed class SubmitOnYarnTests : IAsyncLifetime
{
    private const string Date = "2026-11-21";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly TemporaryFolder _folder = new();
    private readonly List<StepProgress> _told = [];
    private YarnCluster? _yarn;
    private SshServer? _server;
    private HostRegistry? _hosts;

    private static string Model => Repository.Data("golden", "training", "logloss-onehot", "model.cbm");

    private IReadOnlyDictionary<string, string> Root => new Dictionary<string, string> { ["BATCHSCORING_ROOT"] = _folder.File("bank") };

    private YarnApplications Applications => new(_hosts!.Of("edge"));

    public async Task InitializeAsync()
    {
        try
        {
            SshServer.Require();
            PublishedProgram.Require();
            _yarn = await YarnCluster.StartAsync();
        }
        catch (SkipException)
        {
            return; // the test itself says why
        }

        _server = new SshServer();
        File.WriteAllText(_folder.File("yarn"), $"""
            #!/bin/sh
            export HADOOP_CONF_DIR='{_yarn.Site("3.5.8").Environment["HADOOP_CONF_DIR"]}'
            jars='{TestCluster.Require("spark-3.5.8", "jars")}'
            exec java -cp "$HADOOP_CONF_DIR:$jars/*" org.apache.hadoop.yarn.client.cli.ApplicationCLI "$@"

            """);
        SshServer.Run("chmod", "700", _folder.File("yarn"));
        _hosts = new HostRegistry(
        [
            HostRegistry.Create(
                _server.Settings(_folder.File("jobs"), HostTransport.SshNet) with { Yarn = [_folder.File("yarn")] }, TimeProvider.System),
        ]);
        Here("import", Repository.Data("UCI_Credit_Card.csv"), "--key", "ID", "--label", "default.payment.next.month", "--like", Model,
            "--test-where", "ID % 5 = 0", "--sample-share", "1", "--first-date", Date);
        Here("sample", "--date", Date);
        var settings = new JsonObject
        {
            ["host"] = "edge",
            ["files"] = new JsonArray(Path.Combine(PublishedProgram.Folder, "batch-scoring.tar.gz")),
            ["to"] = _folder.File("edge"),
        };
        StepAnswer upload = await new UploadStep(_hosts, _folder.Path, TimeProvider.System).RunAsync(Work("upload", 1, settings), default);
        upload.End.ShouldBe(StepEnd.Succeeded, upload.Text);
    }

    public async Task DisposeAsync()
    {
        if (_hosts is not null) await _hosts.DisposeAsync();
        _yarn?.Dispose();
        _server?.Dispose();
        _folder.Dispose();
    }

    [SkippableFact]
    public async Task Score_WhoseClientIsKilled_IsWaitedForAndNotDoneTwice()
    {
        Require();
        Task<StepAnswer> first = SubmitAsync(1);
        string application = await ApplicationAsync("app.2026-11-21.r1.score.1", first);
        foreach (LinuxProcess client in Clients()) client.Signal("KILL");
        StepAnswer lost = await first.WaitAsync(Limit);
        lost.ShouldSatisfyAllConditions(() => lost.Code.ShouldBe("REMOTE_JOB_DIED", lost.Text), () => lost.RetryHelps.ShouldBeTrue());
        StepAnswer answer = await SubmitAsync(2).WaitAsync(Limit);
        answer.End.ShouldBe(StepEnd.Succeeded, answer.Text);
        lock (_told) _told.ShouldContain(told => told.Text!.Contains($"{application} of an earlier attempt still runs"));
        // One attempt has done the work; the second submission found it done.
        Directory.GetDirectories(_folder.File("bank", "artifacts", "runs"), "score*")
            .SelectMany(Directory.GetDirectories).Count().ShouldBe(1);
        Here("verify").Output.ShouldContain("0 difference(s)");
    }

    [SkippableFact]
    public async Task Cancel_EndsTheApplication()
    {
        Require();
        using var stop = new CancellationTokenSource();
        Task<StepAnswer> running = SubmitAsync(1, stop.Token);
        await ApplicationAsync("app.2026-11-21.r1.score.1", running);
        await stop.CancelAsync();
        (await running.WaitAsync(Limit)).End.ShouldBe(StepEnd.Cancelled);
        (await Applications.RunningAsync("app.2026-11-21.r1.score.1", default)).ShouldBeEmpty();
        Clients().ShouldBeEmpty();
    }

    private void Require()
    {
        SshServer.Require();
        PublishedProgram.Require();
        TestCluster.Require("yarn-3.3.4");
    }

    private ProgramResult Here(params string[] arguments) =>
        BuiltProgram.BatchScore.Run(_folder.Path, Root, arguments).ShouldExitWith(0);

    private LinuxProcess[] Clients() =>
    [
        .. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Select(name => LinuxProcess.Read(int.Parse(name!))).OfType<LinuxProcess>()
            .Where(process => process.Environment.Contains($"BATCHSCORING_JOB={_folder.File("jobs")}/")),
    ];

    private Task<string> ApplicationAsync(string tag, Task<StepAnswer> submit) => Poll.ForAsync(
        async () => submit.IsCompleted
            ? throw new InvalidOperationException((await submit).ToString())
            : (await Applications.RunningAsync(tag, default)).FirstOrDefault(),
        Limit, "an application with the tag");

    private Task<StepAnswer> SubmitAsync(int attempt, CancellationToken cancellation = default)
    {
        SparkSite site = _yarn!.Site("3.5.8");
        string[] words = [.. site.Submit([], "none")];
        var settings = new JsonObject
        {
            ["host"] = "edge",
            ["package"] = _folder.File("edge", "batch-scoring.tar.gz"),
            ["spark"] = List(words[1..Array.IndexOf(words, "--")]),
            ["job"] = List("score", "--date", Date, "--model", Model),
            ["environment"] = new JsonObject([.. site.Environment.Concat(Root)
                .Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))]),
        };
        var step = new SubmitStep(_hosts!, "none", TimeProvider.System);
        return Task.Run(() => step.RunAsync(Work("score", attempt, settings), cancellation));
    }

    private static JsonArray List(params IEnumerable<string> words) => new([.. words.Select(word => (JsonNode)word)]);

    private StepWork Work(string step, int attempt, JsonObject settings) =>
        new("app.2026-11-21.r1", "app", new DateOnly(2026, 11, 21), step, attempt, 1, settings, told =>
        {
            lock (_told) _told.Add(told);
        });
}
