using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Steps;

public sealed class JobStepTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly HostRegistry _hosts;

    public JobStepTests() =>
        _hosts = new HostRegistry([HostRegistry.Create(HostSettings.Local(_folder.File("jobs")), TimeProvider.System)]);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _hosts.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task BatchScore_ThatSucceeds_AnswersItsJsonAsFigures()
    {
        StepAnswer answer = await RunAsync("inspect", Repository.Data("models", "ctr.cbm"));
        answer.End.ShouldBe(StepEnd.Succeeded, answer.Text);
        answer.Figures!["trees"]!.GetValue<int>().ShouldBe(4);
    }

    [Fact]
    public async Task BatchScore_ThatFails_AnswersItsCodeAndText()
    {
        StepAnswer answer = await RunAsync("score", "--date", "2026-11-21", "--model", "none.cbm", "--root", _folder.File("none"));
        answer.ShouldSatisfyAllConditions(
            () => answer.End.ShouldBe(StepEnd.Failed), () => answer.Code.ShouldNotBeNull(), () => answer.Text.ShouldContain("none"),
            () => answer.RetryHelps.ShouldBeFalse());
    }

    [Theory]
    [InlineData(0, "Succeeded", false)]
    [InlineData(3, "Late", false)]
    [InlineData(4, "Held", false)]
    [InlineData(2, "Failed", true)]
    [InlineData(75, "Failed", true)]
    [InlineData(69, "Failed", true)]
    [InlineData(65, "Failed", false)]
    public async Task ExitCode_IsTheVerdict(int code, string end, bool retryHelps)
    {
        StepAnswer answer = await new JobStep(_hosts, StandIn($"echo '{{\"rows\": 5}}'; exit {code}"), TimeProvider.System)
            .RunAsync(Work(), default);
        answer.ShouldSatisfyAllConditions(
            () => answer.End.ToString().ShouldBe(end), () => answer.RetryHelps.ShouldBe(retryHelps),
            () => answer.Figures!["rows"]!.GetValue<int>().ShouldBe(5));
    }

    [Fact]
    public async Task Progress_OfItsLines_TellsTheShare()
    {
        string seen = _folder.File("seen");
        string program = StandIn(
            $"echo 'score: 1,500 of 6,000 rows, 900 rows/s, 5 s left' >&2; until [ -e {seen} ]; do sleep 0.1; done; echo '{{}}'");
        var told = new TaskCompletionSource<StepProgress>();
        StepWork work = Work() with { Tell = progress => told.TrySetResult(progress) };
        Task<StepAnswer> running = new JobStep(_hosts, program, TimeProvider.System).RunAsync(work, default);
        StepProgress first = await told.Task.WaitAsync(TimeSpan.FromSeconds(20));
        File.WriteAllText(seen, "");
        (await running).End.ShouldBe(StepEnd.Succeeded);
        first.Share.ShouldBe(0.25);
        first.Text!.ShouldStartWith("score: 1,500 of 6,000 rows");
    }

    /// <summary>A program in batch-score's place that answers what batch-score answers seldom.</summary>
    private string StandIn(string text)
    {
        File.WriteAllText(_folder.File("stand-in"), $"#!/bin/sh\n{text}\n");
        Hosts.SshServer.Run("chmod", "700", _folder.File("stand-in"));
        return _folder.File("stand-in");
    }

    private static StepWork Work(params IEnumerable<string> arguments) => new(
        "app.2026-11-28.r1", "app", new DateOnly(2026, 11, 28), "job", 1, 1,
        new JsonObject { ["arguments"] = new JsonArray([.. arguments.Select(word => (JsonNode)word)]) }, _ => { });

    private Task<StepAnswer> RunAsync(params string[] arguments) =>
        new JobStep(_hosts, BuiltProgram.BatchScore.Path, TimeProvider.System).RunAsync(Work(arguments), default);
}
