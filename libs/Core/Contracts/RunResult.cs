namespace BatchScoring.Core;

/// <summary>
/// <c>result.json</c>: every task's answer, complete before anything is published; record and report can be made again from it.
/// </summary>
public sealed record RunResult
{
    /// <summary>Version of the contract.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The attempt.</summary>
    public required string Attempt { get; init; }

    /// <summary>When the tasks began (UTC).</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When the last task ended (UTC).</summary>
    public required DateTimeOffset Finished { get; init; }

    /// <summary>Rows by code that were set aside before the tasks began (import); null when there is no such stage.</summary>
    public IReadOnlyDictionary<string, long>? EarlyQuarantine { get; init; }

    /// <summary>All answers, by split.</summary>
    public required IReadOnlyList<TaskResult> Answers { get; init; }

    /// <summary>All answers summed up.</summary>
    public TaskTotals Totals() => TaskTotals.Of(Answers, EarlyQuarantine);
}
