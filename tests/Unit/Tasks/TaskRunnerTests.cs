using BatchScoring.Core;
using BatchScoring.Models;
using BatchScoring.Storage;
using BatchScoring.Tasks;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Tasks;

public sealed class TaskRunnerTests : IDisposable
{
    private readonly ScoreBench _bench = new("catboost/numeric-binary");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Run_UnknownKind_SaysWhatIsKnown()
    {
        using TaskRunner runner = new(header => ObjectStores.Open(header.Store), TaskKinds.All(ModelFormats.Standard), TimeProvider.System);

        TaskResult answer = await runner.RunAsync(
            _bench.Tasks.Header, _bench.Split(_bench.Input(), 0, 1000) with { Kind = "dance" }, CancellationToken.None);

        answer.Status.ShouldBe(TaskResultStatus.Rejected);
        answer.Error!.Code.ShouldBe("TASK_KIND_UNKNOWN");
        answer.Error.ExitCode.ShouldBe((int)ExitCode.Configuration);
        answer.Error.Message.ShouldContain("filter, import, score");
    }

    [Fact]
    public async Task Run_WorkOfAnotherVersion_IsRejected()
    {
        TaskSpec split = _bench.Split(_bench.Input(), 0, 1000) with { Work = System.Text.Json.JsonDocument.Parse("""{"key":"id"}""").RootElement };

        TaskResult answer = await _bench.RunAsync(split);

        answer.Error!.Code.ShouldBe("WORK_INVALID");
    }

    [Fact]
    public async Task Run_StopSignThere_AnswersStoppedAndLeavesNothing()
    {
        string sign = _bench.Tasks.Header.AttemptFolder + AttemptFiles.StopSign;
        await _bench.Tasks.Store.PutAsync(sign, Array.Empty<byte>(), PutCondition.Always, CancellationToken.None);
        _bench.Tasks.Header = _bench.Tasks.Header with { StopKey = sign };
        BlockedKind kind = new();

        TaskResult answer = await _bench.Tasks.RunAsync(kind, _bench.Split(_bench.Input(), 0, 1000) with { Kind = kind.Name });

        answer.Status.ShouldBe(TaskResultStatus.Stopped);
        Directory.Exists(kind.Scratch).ShouldBeFalse();
    }

    [Fact]
    public async Task Abandon_TaskThatDoesNotEnd_RemovesItsScratchFolder()
    {
        BlockedKind kind = new();
        using TaskRunner runner = new(header => ObjectStores.Open(header.Store), [kind], TimeProvider.System);
        using CancellationTokenSource end = new();
        Task<TaskResult> work = runner.RunAsync(_bench.Tasks.Header, _bench.Split(_bench.Input(), 0, 1000) with { Kind = kind.Name },
            end.Token);
        string scratch = await kind.Started;
        Directory.Exists(scratch).ShouldBeTrue();

        runner.Abandon();

        Directory.Exists(scratch).ShouldBeFalse();
        await end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(work);
    }

    [Fact]
    public async Task Run_CancelledAtAnyTime_NothingStaysPending()
    {
        InputFile file = _bench.Input();
        RemoteStore remote = new(_bench.Tasks.Store);
        using TaskRunner runner = new(_ => remote, TaskKinds.All(ModelFormats.Standard), TimeProvider.System);
        int reads = 0;
        remote.OnRead = _ => Task.FromResult(Interlocked.Increment(ref reads));
        (await runner.RunAsync(_bench.Tasks.Header, _bench.Split(file, 0, 1000), CancellationToken.None)).Status.ShouldBe(
            TaskResultStatus.Done);
        int pending = (await _bench.Tasks.PendingAsync()).Count;
        for (int stopAt = 1; stopAt <= reads; stopAt++)
        {
            using CancellationTokenSource cancel = new();
            int left = stopAt;
            remote.OnRead = _ => Interlocked.Decrement(ref left) == 0 ? cancel.CancelAsync() : Task.CompletedTask;
            await Should.ThrowAsync<OperationCanceledException>(
                () => runner.RunAsync(_bench.Tasks.Header, _bench.Split(file, 0, 1000), cancel.Token));
        }

        (await _bench.Tasks.PendingAsync()).Count.ShouldBe(pending);
    }

    [Fact]
    public async Task Run_LocalDiskFails_IsThrownForARetry()
    {
        BatchScoringException error = await Should.ThrowAsync<BatchScoringException>(() => _bench.Tasks.RunAsync(
            new FailingKind(), _bench.Split(_bench.Input(), 0, 1000) with { Kind = "failing" }));

        error.Code.ShouldBe("SCRATCH_FAILED");
        error.Transient.ShouldBeTrue();
    }

    /// <summary>Works until it is cancelled.</summary>
    private sealed class BlockedKind : ITaskKind
    {
        private readonly TaskCompletionSource<string> _started = new();

        public string Name => "blocked";

        public Task<string> Started => _started.Task;

        public string? Scratch { get; private set; }

        public async Task<TaskResult> RunAsync(TaskContext context, CancellationToken cancellation)
        {
            Scratch = context.Scratch;
            _started.SetResult(context.Scratch);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            throw new InvalidOperationException("never reached");
        }
    }

    private sealed class FailingKind : ITaskKind
    {
        public string Name => "failing";

        public Task<TaskResult> RunAsync(TaskContext context, CancellationToken cancellation) =>
            throw new IOException("No space left on device");
    }
}
