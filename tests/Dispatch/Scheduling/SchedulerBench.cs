using System.Threading.Channels;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Simulation;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Tests.Dispatch.Scheduling;

/// <summary>The real scheduler and ledger, a clock that the test moves, and steps that end when the test says so.</summary>
internal sealed class SchedulerBench : IStepRunner, IRunNews, IDisposable
{
    private readonly Dictionary<string, StepWork> _running = new(StringComparer.Ordinal);
    private readonly Queue<EndedAttempt> _ended = new();
    private readonly Scheduler _scheduler;

    public SchedulerBench(DateTimeOffset start, params IReadOnlyList<Pipeline> pipelines)
    {
        Clock = new VirtualClock(start);
        Ledger = BatchScoring.Dispatcher.Ledger.Ledger.InMemory();
        Definitions = new Definitions((_, _) => throw new InvalidOperationException("Every definition of a test is known."));
        Definitions.Use(pipelines);
        var lease = new Lease(Ledger, "test", Clock, _ => false, TimeSpan.FromMinutes(1));
        _scheduler = new Scheduler(Ledger, lease, Definitions, new RunQueue(Definitions, 4, Maintenance), this, this, Clock);
        Requests = new Requests(Ledger, Definitions, Clock);
        Tick();
    }

    public VirtualClock Clock { get; }

    public BatchScoring.Dispatcher.Ledger.Ledger Ledger { get; }

    public Definitions Definitions { get; }

    public Requests Requests { get; }

    public List<Maintenance> Maintenance { get; } = [];

    public List<string> Told { get; } = [];

    /// <summary>Attempts that go on, in order of their names.</summary>
    public string[] Running => [.. _running.Keys.Order(StringComparer.Ordinal)];

    public List<string> Cancelled { get; } = [];

    public static Asker Somebody { get; } = new("somebody", "because");

    /// <summary>The runs as <c>id state</c>, in order of their ids.</summary>
    public string[] States => [.. Ledger.Sql.Query($"SELECT {RunRow.Columns} FROM runs ORDER BY id", RunRow.Read)
        .Select(run => $"{run.Id} {run.State.ToString().ToLowerInvariant()}")];

    /// <summary>What an attempt that goes on was told to do.</summary>
    public StepWork Work(string attemptId) => _running[attemptId];

    public RunRow Run(string id) => BatchScoring.Dispatcher.Ledger.Runs.Require(Ledger.Sql, id);

    public string Step(string run, string name) =>
        BatchScoring.Dispatcher.Ledger.Runs.Steps(Ledger.Sql, run).Single(step => step.Name == name).State.ToString().ToLowerInvariant();

    public TimeSpan Tick() => _scheduler.Tick();

    /// <summary>What repeats the step, with a clock of its own.</summary>
    public DispatchLoop Loop(TimeProvider time) =>
        new(Ledger, _scheduler, Channel.CreateUnbounded<bool>().Reader, _ => { }, time);

    /// <summary>Moves the clock by little steps, as it goes in earnest.</summary>
    public void Pass(TimeSpan span)
    {
        DateTimeOffset end = Clock.True + span;
        while (Clock.True < end)
        {
            TimeSpan sleep = _scheduler.Tick(), left = end - Clock.True;
            Clock.Advance(sleep < left ? sleep > TimeSpan.Zero ? sleep : TimeSpan.FromMilliseconds(1) : left);
        }

        _scheduler.Tick();
    }

    /// <summary>Ends an attempt.</summary>
    public void End(string attemptId, StepEnd end, string text = "done", bool retryHelps = false, System.Text.Json.Nodes.JsonObject? figures = null)
    {
        _running.Remove(attemptId, out StepWork? work).ShouldBeTrue($"{attemptId} must run; there are: {string.Join(", ", _running.Keys)}");
        _ended.Enqueue(new EndedAttempt(work!.RunId, work.Step, work.Attempt, new StepAnswer(end, text, Figures: figures, RetryHelps: retryHelps)));
        _scheduler.Tick();
    }

    bool IStepRunner.Runs(string attemptId) => _running.ContainsKey(attemptId);

    void IStepRunner.Start(string kind, StepWork work, TimeSpan? deadline) => _running.Add(work.AttemptId, work);

    void IStepRunner.Cancel(string attemptId) => Cancelled.Add(attemptId);

    ToldProgress? IStepRunner.TakeTold() => null;

    EndedAttempt? IStepRunner.TakeEnded() => _ended.TryDequeue(out EndedAttempt? ended) ? ended : null;

    void IStepRunner.Abandon() => _running.Clear();

    void IRunNews.Ended(LedgerSql sql, RunRow run, IReadOnlyList<StepRow> steps) => Told.Add($"{run.Id} {run.State.ToString().ToLowerInvariant()}");

    void IRunNews.Alarm(LedgerSql sql, RunRow run, string kind, string text) => Told.Add($"{run.Id} {kind}");

    public void Dispose() => Ledger.Dispose();
}
