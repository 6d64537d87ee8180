using BatchScoring.Core;

namespace BatchScoring.Tests.Unit.Engines;

/// <summary>Answers as the test says; counts calls by split.</summary>
internal sealed class FakeTaskRunner(Func<HeaderLine, int, int, CancellationToken, Task<TaskResult>> answer) : ITaskRunner
{
    private readonly Dictionary<int, int> _calls = [];

    public IReadOnlyDictionary<int, int> Calls => _calls;

    public Task<TaskResult> RunAsync(HeaderLine header, TaskSpec split, CancellationToken cancellation)
    {
        int call;
        lock (_calls) call = _calls[split.Split] = _calls.GetValueOrDefault(split.Split) + 1;
        return answer(header, split.Split, call, cancellation);
    }

    public void Dispose()
    {
    }
}
