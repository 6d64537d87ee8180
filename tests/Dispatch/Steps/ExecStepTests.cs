using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Tests.Dispatch.Hosts;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Steps;

public sealed class ExecStepTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly HostRegistry _hosts;
    private readonly List<StepProgress> _told = [];

    public ExecStepTests() =>
        _hosts = new HostRegistry([HostRegistry.Create(HostSettings.Local(_folder.File("jobs")), TimeProvider.System)]);

    private string Counter => _folder.File("counter");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _hosts.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Command_ThatSucceeds_AnswersItsLastLine()
    {
        StepAnswer answer = await RunAsync(new JsonArray("printf", "%s\\n", "one", "it's two"));
        answer.ShouldSatisfyAllConditions(() => answer.End.ShouldBe(StepEnd.Succeeded), () => answer.Text.ShouldBe("it's two"));
    }

    [Fact]
    public async Task Line_IsForTheShell() => (await RunAsync("echo $((1 + 1)) | tr 2 3")).Text.ShouldBe("3");

    [Theory]
    [InlineData("echo cause; exit 5", 5, true)]
    [InlineData("echo cause; exit 78", 78, false)]
    [InlineData("echo cause; no-such-program", 127, false)]
    public async Task Command_ThatFails_SaysHowAndWhy(string line, int code, bool retryHelps)
    {
        StepAnswer answer = await RunAsync(line);
        answer.ShouldSatisfyAllConditions(
            () => answer.End.ShouldBe(StepEnd.Failed), () => answer.Code.ShouldBe("REMOTE_JOB_FAILED"),
            () => answer.Text.ShouldContain($"ended with {code}"), () => answer.Text.ShouldContain("cause"),
            () => answer.RetryHelps.ShouldBe(retryHelps));
    }

    [Theory]
    [InlineData("600", true, "it's a secret")]
    [InlineData("640", false, "chmod 600 it")]
    public async Task SecretsOfAFile_ReachTheCommand_WhereOnlyItsOwnerReadsThem(string rights, bool runs, string text)
    {
        await File.WriteAllTextAsync(_folder.File("secrets"), "KEY='it'\\''s a secret'\n");
        SshServer.Run("chmod", rights, _folder.File("secrets"));

        StepAnswer answer = await RunAsync("echo \"$KEY\"", settings => settings["environment_file"] = _folder.File("secrets"));

        answer.End.ShouldBe(runs ? StepEnd.Succeeded : StepEnd.Failed);
        answer.Text.ShouldContain(text);
        answer.RetryHelps.ShouldBeFalse();
    }

    [Theory]
    [InlineData("KEY=two words")]
    [InlineData("KEY=$(touch FOLDER/ran)")]
    [InlineData("KEY=\"`touch FOLDER/ran`\"")]
    [InlineData("KEY='a'; touch FOLDER/ran")]
    [InlineData("touch FOLDER/ran")]
    [InlineData("KEY='never closed")]
    public async Task SecretsOfAFile_ThatIsNoListOfVariables_AreNeitherRunNorShown(string line)
    {
        string text = $"# secrets\n\nFIRST=\"a b\"\n{line.Replace("FOLDER", _folder.Path, StringComparison.Ordinal)}\n";
        await File.WriteAllTextAsync(_folder.File("secrets"), text);
        SshServer.Run("chmod", "600", _folder.File("secrets"));
        StepAnswer answer = await RunAsync("echo ran", settings => settings["environment_file"] = _folder.File("secrets"));
        answer.Text.ShouldBe($"/bin/sh ended with 78 on local. line 4 of {_folder.File("secrets")} is not NAME='value'");
        File.Exists(_folder.File("ran")).ShouldBeFalse();
    }

    [Fact]
    public async Task WordsFolderAndVariables_ReachTheCommand()
    {
        StepAnswer answer = await RunAsync("pwd; echo \"$A\"", settings =>
        {
            settings["folder"] = _folder.Path;
            settings["environment"] = new JsonObject { ["A"] = "x y" };
        });
        answer.Text.ShouldBe("x y");
    }

    [Fact]
    public async Task Attempt_RunASecondTime_FindsTheFirst()
    {
        // The dispatcher died in between: nobody cancels the first call, and nobody waits for it.
        JsonNode command = $"echo started >>{Counter}; sleep 1; echo done";
        Task<StepAnswer> forgotten = RunAsync(command.DeepClone());
        await Poll.UntilAsync(() => File.Exists(Counter), TimeSpan.FromSeconds(20), "it runs");
        (await RunAsync(command.DeepClone())).Text.ShouldBe("done");
        (await RunAsync(command.DeepClone())).Text.ShouldBe("done");
        File.ReadAllLines(Counter).Length.ShouldBe(1);
        await forgotten;
    }

    [Fact]
    public async Task Cancel_EndsTheCommandAndAnswersThat()
    {
        using var stop = new CancellationTokenSource();
        Task<StepAnswer> running = RunAsync($"echo started >>{Counter}; sleep 60; echo late >>{Counter}", cancellation: stop.Token);
        await Poll.UntilAsync(() => File.Exists(Counter), TimeSpan.FromSeconds(20), "it runs");
        await stop.CancelAsync();
        (await running).End.ShouldBe(StepEnd.Cancelled);
        File.ReadAllLines(Counter).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Progress_IsTheLastLine()
    {
        string seen = _folder.File("seen");
        Task<StepAnswer> running = RunAsync($"echo first; echo second; until [ -e {seen} ]; do sleep 0.1; done");
        await Poll.UntilAsync(
            () =>
            {
                lock (_told) return _told.Any(told => told.Text == "second");
            },
            TimeSpan.FromSeconds(20), "the last line is told");
        File.WriteAllText(seen, "");
        (await running).End.ShouldBe(StepEnd.Succeeded);
    }

    [Fact]
    public async Task HostThatIsNotConfigured_IsAnAnswer()
    {
        StepAnswer answer = await RunAsync("true", settings => settings["host"] = "locla");
        answer.Code.ShouldBe("REMOTE_HOST_INVALID");
        answer.Text.ShouldContain("Did you mean 'local'?");
    }

    private Task<StepAnswer> RunAsync(JsonNode command, Action<JsonObject>? more = null, CancellationToken cancellation = default)
    {
        var settings = new JsonObject { ["command"] = command };
        more?.Invoke(settings);
        var work = new StepWork("app.2026-11-28.r1", "app", new DateOnly(2026, 11, 28), "exec", 1, 1, settings, told =>
        {
            lock (_told) _told.Add(told);
        });
        return new ExecStep(_hosts, TimeProvider.System).RunAsync(work, cancellation);
    }
}
