using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Steps;

public sealed class UploadStepTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly HostRegistry _hosts;
    private readonly List<StepProgress> _told = [];

    public UploadStepTests() =>
        _hosts = new HostRegistry([HostRegistry.Create(HostSettings.Local(_folder.File("jobs")), TimeProvider.System)]);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _hosts.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Files_ArriveOnceAndAreToldOf()
    {
        File.WriteAllBytes(_folder.File("a"), new byte[3_000_000]);
        File.WriteAllText(_folder.File("b"), "b");
        StepAnswer answer = await RunAsync("a", "b");
        answer.Text.ShouldBe("2 of 2 files sent to local, 3 MB; 0 were there");
        File.ReadAllText(_folder.File("to", "b")).ShouldBe("b");
        _told.ShouldContain(told => told.Share == 1 && told.Text!.Contains("3 of 3 MB"));
        File.WriteAllText(_folder.File("b"), "changed");
        answer = await RunAsync("a", "b");
        answer.Figures!.ToJsonString().ShouldBe("""{"files":2,"sent":1,"bytes":7}""");
    }

    [Fact]
    public async Task FileThatIsNotHere_IsAnAnswerThatNamesIt()
    {
        StepAnswer answer = await RunAsync("none");
        answer.ShouldSatisfyAllConditions(
            () => answer.End.ShouldBe(StepEnd.Failed), () => answer.Code.ShouldBe("FILE_NOT_FOUND"),
            () => answer.Text.ShouldContain(_folder.File("none")), () => answer.RetryHelps.ShouldBeFalse());
    }

    [Fact]
    public async Task DeposedLeader_BringsNothing()
    {
        File.WriteAllText(_folder.File("a"), "a");
        await RunAsync("a");
        File.WriteAllText(_folder.File("jobs", ".fence"), "9\n");
        File.WriteAllText(_folder.File("a"), "b");
        (await RunAsync("a")).Code.ShouldBe("REMOTE_JOB_FENCED");
        File.ReadAllText(_folder.File("to", "a")).ShouldBe("a");
    }

    private Task<StepAnswer> RunAsync(params string[] files)
    {
        var settings = new JsonObject
        {
            ["host"] = "local",
            ["files"] = new JsonArray([.. files.Select(file => (JsonNode)file)]),
            ["to"] = _folder.File("to"),
        };
        var work = new StepWork("app.2026-11-28.r1", "app", new DateOnly(2026, 11, 28), "upload", 1, 1, settings, told =>
        {
            lock (_told) _told.Add(told);
        });
        return new UploadStep(_hosts, _folder.Path, TimeProvider.System).RunAsync(work, default);
    }
}
