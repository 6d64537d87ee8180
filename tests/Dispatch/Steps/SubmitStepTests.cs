using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Steps;

/// <summary>
/// What the step itself decides, with a package whose batch-score does what the test says and a <c>yarn</c> whose applications are files of
/// a folder. The real ones run in the story of the dispatcher.
/// </summary>
public sealed class SubmitStepTests : IAsyncLifetime
{
    private const string Tag = "app.2026-11-28.r1.score";

    /// <summary>Lists and kills files named by application; each holds its tag.</summary>
    private const string Yarn = """
        #!/bin/sh
        cd "$(dirname "$0")/applications" || exit 1
        echo "$*" >>../asked
        case $2 in
        -list)
          echo "Total number of applications"
          for each in *; do [ ! -f "$each" ] || [ "$(cat "$each")" != "$6" ] || printf '%s\tbatch-score\tSPARK\n' "$each"; done ;;
        -kill) rm -f "$3" ;;
        esac
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly HostRegistry _hosts;
    private readonly List<StepProgress> _told = [];

    public SubmitStepTests()
    {
        Directory.CreateDirectory(Applications);
        WriteProgram(_folder.File("yarn"), Yarn);
        HostSettings host = HostSettings.Local(_folder.File("jobs")) with { Yarn = [_folder.File("yarn")] };
        _hosts = new HostRegistry([HostRegistry.Create(host, TimeProvider.System)]);
    }

    private string Applications => _folder.File("applications");

    private string Asked => File.Exists(_folder.File("asked")) ? File.ReadAllText(_folder.File("asked")) : "";

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _hosts.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Package_IsUnpackedOnceAndItsBatchScoreGetsTheWords()
    {
        Package("for word; do printf '%s\\n' \"$word\"; done >>\"${0%/*}/../said\"; echo '{\"rows\": 7}'");
        StepAnswer answer = await RunAsync(1);
        answer.End.ShouldBe(StepEnd.Succeeded, answer.Text);
        answer.Figures!["rows"]!.GetValue<int>().ShouldBe(7);
        File.ReadAllLines(_folder.File("said")).ShouldBe(
        [
            "submit", "--format", "json", "--progress", "--master", "yarn", "--conf", "spark.yarn.maxAppAttempts=1",
            "--conf", $"spark.yarn.tags={Tag}.1",
            "--", "score", "--date", "2026-11-28",
        ]);
        await RunAsync(2);
        Directory.GetDirectories(_folder.Path, "batch-scoring.*").Length.ShouldBe(1);
        Directory.GetFiles(Directory.GetDirectories(_folder.Path, "batch-scoring.*")[0]).Select(Path.GetFileName).Order()
            .ShouldBe(["batch-score", "batch-scoring.tar.gz"]);
        Package("echo '{\"rows\": 8}'");
        (await RunAsync(3)).Figures!["rows"]!.GetValue<int>().ShouldBe(8);
    }

    [Fact]
    public async Task FirstAttempt_AsksYarnNothing()
    {
        Package("echo '{}'");
        await RunAsync(1);
        Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task NextAttempt_WhileAnApplicationOfTheLastRuns_WaitsForItsEnd()
    {
        Package($"ls '{Applications}' >'{_folder.File("seen")}'; echo '{{}}'");
        string application = Path.Combine(Applications, "application_1700000000000_0001");
        File.WriteAllText(application, $"{Tag}.1");
        Task<StepAnswer> running = RunAsync(2);
        await Poll.UntilAsync(() => Told("application_1700000000000_0001"), TimeSpan.FromSeconds(20), "it tells that it waits");
        File.Exists(_folder.File("seen")).ShouldBeFalse();
        File.Delete(application);
        (await running).End.ShouldBe(StepEnd.Succeeded);
        File.ReadAllText(_folder.File("seen")).ShouldBeEmpty();
    }

    [Fact]
    public async Task ApplicationOfAnotherStep_IsNoneOfOurs()
    {
        Package("echo '{}'");
        File.WriteAllText(Path.Combine(Applications, "application_1700000000000_0001"), "app.2026-11-28.r1.evaluate.1");
        (await RunAsync(2)).End.ShouldBe(StepEnd.Succeeded);
    }

    [Fact]
    public async Task Cancel_EndsTheClientAndItsApplication()
    {
        string application = Path.Combine(Applications, "application_1700000000000_0001");
        Package($"printf %s '{Tag}.1' >'{application}'; sleep 60");
        using var stop = new CancellationTokenSource();
        Task<StepAnswer> running = RunAsync(1, stop.Token);
        await Poll.UntilAsync(() => File.Exists(application), TimeSpan.FromSeconds(20), "it runs");
        await stop.CancelAsync();
        (await running).End.ShouldBe(StepEnd.Cancelled);
        File.Exists(application).ShouldBeFalse();
        Asked.ShouldContain("application -kill application_1700000000000_0001");
    }

    [Fact]
    public async Task PackageThatIsNotThere_IsNamed()
    {
        StepAnswer answer = await RunAsync(1);
        answer.End.ShouldBe(StepEnd.Failed);
        answer.Text.ShouldContain($"{_folder.File("batch-scoring.tar.gz")} is not there");
    }

    private static void WriteProgram(string path, string text)
    {
        File.WriteAllText(path, text + "\n");
        Hosts.SshServer.Run("chmod", "700", path);
    }

    private bool Told(string text)
    {
        lock (_told) return _told.Any(told => told.Text?.Contains(text) == true);
    }

    /// <summary>An archive as scripts/publish makes it, but for what is in it.</summary>
    private void Package(string text)
    {
        Directory.CreateDirectory(_folder.File("content"));
        WriteProgram(_folder.File("content", "batch-score"), "#!/bin/sh\n" + text);
        Hosts.SshServer.Run("tar", "-C", _folder.File("content"), "-czf", _folder.File("batch-scoring.tar.gz"), "batch-score");
    }

    private Task<StepAnswer> RunAsync(int attempt, CancellationToken cancellation = default)
    {
        var settings = new JsonObject
        {
            ["package"] = _folder.File("batch-scoring.tar.gz"),
            ["spark"] = new JsonArray("--master", "yarn"),
            ["job"] = new JsonArray("score", "--date", "2026-11-28"),
        };
        var work = new StepWork("app.2026-11-28.r1", "app", new DateOnly(2026, 11, 28), "score", attempt, 1, settings, told =>
        {
            lock (_told) _told.Add(told);
        });
        return new SubmitStep(_hosts, "batch-score", TimeProvider.System).RunAsync(work, cancellation);
    }
}
