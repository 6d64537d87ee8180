using System.Collections.Concurrent;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Steps;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>Runs attempts as tasks of this process.</summary>
/// <param name="kinds">The step kinds by name.</param>
/// <param name="time">Deadlines.</param>
/// <param name="wake">Called when there is news.</param>
internal sealed class StepRunner(IReadOnlyDictionary<string, IStepKind> kinds, TimeProvider time, Action wake) : IStepRunner
{
    /// <summary>News of one attempt come no faster than this: each is a commit.</summary>
    private static readonly TimeSpan NewsApart = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Running> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Running> _ended = new();

    /// <inheritdoc/>
    public bool Runs(string attemptId) => _running.ContainsKey(attemptId);

    /// <inheritdoc/>
    public void Start(string kind, StepWork work, TimeSpan? deadline)
    {
        var running = new Running(work);
        _running[work.AttemptId] = running;
        _ = Task.Run(() => RunAsync(kind, running, deadline));
    }

    /// <inheritdoc/>
    public void Cancel(string attemptId)
    {
        if (_running.TryGetValue(attemptId, out Running? running)) running.Stop.Cancel();
    }

    /// <inheritdoc/>
    public ToldProgress? TakeTold()
    {
        foreach (Running running in _running.Values)
        {
            if (running.Told is not { } told || (running.ToldAt is { } at && time.GetElapsedTime(at) < NewsApart)) continue;
            running.Told = null;
            running.ToldAt = time.GetTimestamp();
            return new ToldProgress(running.Work.RunId, running.Work.Step, running.Work.Attempt, told);
        }

        return null;
    }

    /// <inheritdoc/>
    public EndedAttempt? TakeEnded()
    {
        while (_ended.TryDequeue(out Running? running))
        {
            // What was abandoned has its end told by whoever went on with it.
            if (!_running.TryRemove(new(running.Work.AttemptId, running))) continue;
            running.Stop.Dispose();
            return new EndedAttempt(running.Work.RunId, running.Work.Step, running.Work.Attempt, running.Answer!);
        }

        return null;
    }

    /// <inheritdoc/>
    public void Abandon() => _running.Clear();

    private async Task RunAsync(string kind, Running running, TimeSpan? deadline)
    {
        using var late = new CancellationTokenSource(deadline ?? Timeout.InfiniteTimeSpan, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, running.Stop.Token);
        StepWork work = running.Work with { Tell = progress => running.Told = progress };
        StepAnswer answer = await AnswerAsync(kind, work, stop.Token);
        running.Answer = late.IsCancellationRequested && answer.End != StepEnd.Succeeded ? Late(answer, deadline) : answer;
        _ended.Enqueue(running);
        wake();
    }

    private static StepAnswer Late(StepAnswer answer, TimeSpan? deadline) => new(
        StepEnd.Failed, $"It was stopped at its deadline of {deadline:g}: {answer.Text}", StepErrors.Deadline.Name, answer.Figures,
        RetryHelps: true);

    private async Task<StepAnswer> AnswerAsync(string kind, StepWork work, CancellationToken stop)
    {
        try
        {
            return await kinds[kind].RunAsync(work, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new StepAnswer(StepEnd.Cancelled, "cancelled");
        }
        catch (BatchScoringException e)
        {
            return new StepAnswer(StepEnd.Failed, e.Message, e.Code, RetryHelps: e.Transient);
        }
        catch (Exception e)
        {
            // A bug in one step kind must not end the dispatcher, and must be seen by whoever reads the run.
            return new StepAnswer(StepEnd.Failed, $"A bug of the dispatcher, please report it: {e}", StepErrors.Bug.Name);
        }
    }

    private sealed record Running(StepWork Work)
    {
        public CancellationTokenSource Stop { get; } = new();

        public StepProgress? Told { get; set; }

        public long? ToldAt { get; set; }

        public StepAnswer? Answer { get; set; }
    }
}
