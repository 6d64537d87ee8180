using System.Diagnostics;
using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.ModelRunner;

/// <summary>What ends the program early, while it waits and while it works, and what it leaves behind: nothing.</summary>
public sealed class ModelRunnerEndTests : IDisposable
{
    private const int LongRows = 2_000_000;

    private readonly TemporaryFolder _temporary = new();
    private readonly ScoreBench _bench = new("catboost/categorical-ctr-all");

    public void Dispose()
    {
        _bench.Dispose();
        _temporary.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ParentDies_EndsSoonAndLeavesNothing(bool atWork)
    {
        using var shell = RunnerProgram.StartUnderShell(_temporary.Path);
        int id = int.Parse((await shell.Output.ReadLineAsync())!, CultureInfo.InvariantCulture);
        using var runner = Process.GetProcessById(id);
        await BeginAsync(shell, atWork);

        shell.Kill();

        await runner.WaitForExitAsync().WaitAsync(RunnerProgram.Soon);
        await NothingLeftAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OutputClosed_EndsSoonAndLeavesNothing(bool atWork)
    {
        using var runner = RunnerProgram.Start(_temporary.Path);
        await BeginAsync(runner, atWork);

        runner.Output.Close();

        (int exit, string error) = await runner.ExitAsync(RunnerProgram.Soon);
        exit.ShouldBe((int)ExitCode.Interrupted);
        error.ShouldContain("nobody reads");
        await NothingLeftAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StopSign_EndsSoonWithoutFailure(bool atWork)
    {
        string sign = _bench.Tasks.Header.AttemptFolder + AttemptFiles.StopSign;
        _bench.Tasks.Header = _bench.Tasks.Header with { StopKey = sign };
        using var runner = RunnerProgram.Start(_temporary.Path);
        await BeginAsync(runner, atWork);

        await _bench.Tasks.Store.PutAsync(sign, Array.Empty<byte>(), PutCondition.Always, CancellationToken.None);

        (await runner.ExitAsync(RunnerProgram.Soon)).ShouldBe((0, ""));
        if (atWork) (await runner.AnswerAsync())!.Status.ShouldBe(TaskResultStatus.Stopped);
        await NothingLeftAsync();
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Signal_EndsSoonAndLeavesNothing(string signal)
    {
        using var runner = RunnerProgram.Start(_temporary.Path);
        await BeginAsync(runner, atWork: true);

        using (var kill = Process.Start("kill", ["-" + signal, runner.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();

        (int exit, string error) = await runner.ExitAsync(RunnerProgram.Soon);
        exit.ShouldBe((int)ExitCode.Interrupted);
        error.ShouldContain("SIG" + signal);
        await NothingLeftAsync();
    }

    /// <summary>One split is answered and its part pending; then, if wanted, the runner is in the middle of a long one.</summary>
    private async Task BeginAsync(RunnerProgram runner, bool atWork)
    {
        InputFile file = _bench.Input();
        runner.Send(_bench.Tasks.Header);
        runner.Send(_bench.Split(file, 0, 1000));
        TaskResult? answer = await runner.AnswerAsync();
        answer!.Status.ShouldBe(TaskResultStatus.Done, answer.Error?.Message);
        (await _bench.Tasks.PendingAsync()).Count.ShouldBe(1);
        if (!atWork) return;
        InputFile large = _bench.Tasks.Write("in/large.parquet",
            $"SELECT * FROM '{_bench.Tasks.Store.LocalPath(file.Key)}', range({LongRows / 1000})", 100_000);
        runner.Send(_bench.Split(large, 0, LongRows, split: 1));
        while (Directory.GetDirectories(_temporary.Path, "batch-scoring-*-1-*").Length == 0) await Task.Yield();
    }

    private async Task NothingLeftAsync()
    {
        (await _bench.Tasks.PendingAsync()).ShouldBeEmpty();
        Directory.EnumerateDirectories(_temporary.Path, "batch-scoring-*").ShouldBeEmpty();
    }
}
