using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Engines;

namespace BatchScoring.Tests.Unit.Engines;

public sealed class EmbeddedEngineTaskTests
{
    private static readonly HeaderLine Header = new()
    {
        Attempt = "0123456789abcdef",
        AttemptFolder = "artifacts/runs/test-r1/0123456789abcdef/",
        Store = new StoreOptions { Root = "/nowhere" },
        MemoryMib = 1000,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task RunTasks_ManySplits_EachAnsweredOnce(int workers)
    {
        FakeTaskRunner runner = new((_, split, _, _) => Task.FromResult(Done(split)));

        List<TaskResult> answers = await RunAsync(runner, workers, splits: 100);

        answers.Select(answer => answer.Split).Order().ShouldBe(Enumerable.Range(0, 100));
        runner.Calls.Values.ShouldAllBe(calls => calls == 1);
    }

    [Fact]
    public async Task RunTasks_TransientFailures_AreRetriedUpToThreeTimes()
    {
        FakeTaskRunner runner = new((_, split, call, _) =>
            call <= 3 ? Task.FromException<TaskResult>(Failure(transient: true)) : Task.FromResult(Done(split)));

        List<TaskResult> answers = await RunAsync(runner, workers: 2, splits: 3);

        answers.Count.ShouldBe(3);
        runner.Calls.Values.ShouldAllBe(calls => calls == 4);
    }

    [Fact]
    public async Task RunTasks_FailureThatStays_EndsTheRunWithIt()
    {
        FakeTaskRunner runner = new((_, _, _, _) => Task.FromException<TaskResult>(Failure(transient: true)));

        BatchScoringException error = await Should.ThrowAsync<BatchScoringException>(() => RunAsync(runner, workers: 1, splits: 5));

        error.Code.ShouldBe("TEST");
        runner.Calls.ShouldBe(new Dictionary<int, int> { [0] = 4 });
    }

    [Fact]
    public async Task RunTasks_OneFails_OthersHaveEndedWhenItIsTold()
    {
        TaskCompletionSource running = new();
        bool ended = false;
        FakeTaskRunner runner = new(async (_, split, _, stop) =>
        {
            if (split == 1)
            {
                await running.Task;
                throw Failure(transient: false);
            }

            running.SetResult();
            TaskCompletionSource stopped = new();
            await using (stop.Register(stopped.SetResult)) await stopped.Task;
            ended = true;
            throw new OperationCanceledException(stop);
        });

        BatchScoringException error = await Should.ThrowAsync<BatchScoringException>(() => RunAsync(runner, workers: 2, splits: 2));

        error.Code.ShouldBe("TEST");
        ended.ShouldBeTrue();
    }

    [Fact]
    public async Task RunTasks_Cancelled_EndsWithThatAfterTheTasksEnded()
    {
        using CancellationTokenSource cancel = new();
        using SemaphoreSlim never = new(0);
        FakeTaskRunner runner = new(async (_, _, _, stop) =>
        {
            await cancel.CancelAsync();
            // The other worker may have been first: then the stop is still on its way.
            await never.WaitAsync(TimeSpan.FromMinutes(1), stop);
            throw new InvalidOperationException("the stop did not reach the task");
        });

        await Should.ThrowAsync<OperationCanceledException>(() => RunAsync(runner, workers: 2, splits: 4, cancellation: cancel.Token));
    }

    [Fact]
    public async Task RunTasks_ReaderLeavesEarly_TasksAreStopped()
    {
        using SemaphoreSlim blocked = new(0);
        FakeTaskRunner runner = new(async (_, split, _, stop) =>
        {
            if (split > 0) await blocked.WaitAsync(stop);
            return Done(split);
        });
        await using EmbeddedEngine engine = Engine(runner, 2);

        await foreach (TaskResult answer in engine.RunTasksAsync(Header, Splits(10), renewHeader: null, rowsDone: null,
            CancellationToken.None))
        {
            answer.Split.ShouldBe(0);
            break;
        }

        runner.Calls.Count.ShouldBeLessThan(10);
    }

    [Fact]
    public async Task RunTasks_CredentialsExpire_AreRenewedOnceForAllWorkers()
    {
        int renewals = 0;
        using Barrier both = new(2);
        FakeTaskRunner runner = new((header, split, _, _) => Task.Run(() =>
        {
            if (header.StopKey == "fresh") return Done(split);
            both.SignalAndWait();
            return Done(split) with { Status = TaskResultStatus.CredentialsExpired, Error = new TaskError("STORE_EXPIRED", "Expired.") };
        }));

        List<TaskResult> answers = await RunAsync(runner, workers: 2, splits: 2, _ =>
        {
            Interlocked.Increment(ref renewals);
            return Task.FromResult(Header with { StopKey = "fresh" });
        });

        answers.ShouldAllBe(answer => answer.Status == TaskResultStatus.Done);
        answers.Count.ShouldBe(2);
        renewals.ShouldBe(1);
    }

    [Fact]
    public async Task RunTasks_FreshCredentialsExpireToo_EndsWithThatAnswer()
    {
        FakeTaskRunner runner = new((_, split, _, _) => Task.FromResult(
            Done(split) with { Status = TaskResultStatus.CredentialsExpired, Error = new TaskError("STORE_EXPIRED", "Expired.") }));

        List<TaskResult> answers = await RunAsync(runner, workers: 1, splits: 1, _ => Task.FromResult(Header with { }));

        answers.ShouldHaveSingleItem().Status.ShouldBe(TaskResultStatus.CredentialsExpired);
    }

    [Fact]
    public async Task RunTasks_CredentialsExpireAndNoWayToRenew_SaysWhatToDo()
    {
        FakeTaskRunner runner = new((_, split, _, _) => Task.FromResult(
            Done(split) with { Status = TaskResultStatus.CredentialsExpired, Error = new TaskError("STORE_EXPIRED", "Expired.") }));

        BatchScoringException error = await Should.ThrowAsync<BatchScoringException>(() => RunAsync(runner, workers: 1, splits: 1));

        error.Code.ShouldBe("CREDENTIALS_EXPIRED");
    }

    [Fact]
    public async Task RunTasks_WorkersShareTheHeadersMemory()
    {
        List<int> memory = [];
        FakeTaskRunner runner = new((header, split, _, _) =>
        {
            lock (memory) memory.Add(header.MemoryMib);
            return Task.FromResult(Done(split));
        });

        await RunAsync(runner, workers: 4, splits: 2);

        memory.ShouldBe([500, 500]);
    }

    [Fact]
    public async Task RunTasks_TwoSplitsWithOneNumber_IsRefused()
    {
        FakeTaskRunner runner = new((_, split, _, _) => Task.FromResult(Done(split)));
        await using EmbeddedEngine engine = Engine(runner, 1);

        await Should.ThrowAsync<ArgumentException>(async () =>
        {
            await foreach (TaskResult _ in engine.RunTasksAsync(Header, [.. Splits(1), .. Splits(1)], null, null, CancellationToken.None))
            {
            }
        });
    }

    private static EmbeddedEngine Engine(ITaskRunner runner, int workers) => new(
        runner, store: null!, source: null!, new EmbeddedEngineOptions { Workers = workers, RetryDelay = TimeSpan.Zero },
            TimeProvider.System);

    private static async Task<List<TaskResult>> RunAsync(
        ITaskRunner runner, int workers, int splits,
        Func<CancellationToken, Task<HeaderLine>>? renew = null, CancellationToken cancellation = default)
    {
        await using EmbeddedEngine engine = Engine(runner, workers);
        List<TaskResult> answers = [];
        await foreach (TaskResult answer in engine.RunTasksAsync(Header, Splits(splits), renew, null, cancellation)) answers.Add(answer);
        return answers;
    }

    private static List<TaskSpec> Splits(int count) => [.. Enumerable.Range(0, count).Select(i => new TaskSpec
    {
        Kind = "test",
        Split = i,
        Input = new SplitInput { File = new InputFile { Key = "a.parquet", Size = 1, Version = "1" }, FirstRow = 0, Rows = 1 },
        Work = JsonDocument.Parse("{}").RootElement,
    })];

    private static TaskResult Done(int split) => new() { Split = split, Status = TaskResultStatus.Done };

    private static BatchScoringException Failure(bool transient) =>
        new(new ErrorCode("TEST", ExitCode.Failed, "Planned.", transient), "Planned failure.");
}
