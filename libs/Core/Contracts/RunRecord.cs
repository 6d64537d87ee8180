using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace BatchScoring.Core;

/// <summary><c>record.json</c>: the verdict of an attempt. With the manifest it is the truth; exit codes only echo it.</summary>
public sealed record RunRecord : RunIdentity
{
    private static readonly Dictionary<string, long> _none = new(StringComparer.Ordinal);

    /// <summary>For readers of JSON and for initialisers.</summary>
    public RunRecord()
    {
    }

    [SetsRequiredMembers]
    private RunRecord(RunIdentity attempt)
        : base(attempt)
    {
    }

    /// <summary>How it ended.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The exit status that belongs to the verdict.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Why it failed or is held; null otherwise.</summary>
    public TaskError? Error { get; init; }

    /// <summary>Rows read.</summary>
    public long RowsRead { get; init; }

    /// <summary>Rows in the result.</summary>
    public long RowsOut { get; init; }

    /// <summary>Rows set aside.</summary>
    public long RowsQuarantined { get; init; }

    /// <summary>Rows set aside, by code.</summary>
    public IReadOnlyDictionary<string, long> QuarantineCounts { get; init => field = value ?? _none; } = _none;

    /// <summary>Row groups whose numbers our own reader has read, over all tasks.</summary>
    public long RowGroupsRead { get; init; }

    /// <summary>Row groups that it does not read, by the reason's code: DuckDB has read them, to the same result.</summary>
    public IReadOnlyDictionary<string, long> RowGroupsUnsupported { get; init => field = value ?? _none; } = _none;

    /// <summary>Content hash of the result.</summary>
    public ContentHash Content { get; init; }

    /// <summary>Content hash of the rows set aside.</summary>
    public ContentHash QuarantineContent { get; init; }

    /// <summary>Who opened the gate and why; null when no gate was opened.</summary>
    public Release? Release { get; init; }

    /// <summary>Why the Delta log beside the scores was not brought up to date; null otherwise. The scores do not depend on it.</summary>
    public string? IndexProblem { get; init; }

    /// <summary>When the attempt began (UTC).</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it ended (UTC).</summary>
    public required DateTimeOffset Finished { get; init; }

    /// <summary>Seconds by stage: plan, tasks, publish; and, summed over tasks, read, evaluate, write, stage.</summary>
    public IReadOnlyDictionary<string, double> Seconds { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>What the job has to tell besides, one JSON object; the same as the manifest's.</summary>
    public JsonElement? Details { get; init; }

    /// <summary>The record of an attempt, now or when it is made again from what the attempt left.</summary>
    /// <param name="plan">The attempt's plan.</param>
    /// <param name="result">What its tasks answered; null when it did not come that far.</param>
    /// <param name="verdict">How it ended.</param>
    /// <param name="finished">When (UTC).</param>
    /// <returns>A record without <see cref="Error"/> and <see cref="Release"/>, which the caller knows.</returns>
    public static RunRecord From(Plan plan, RunResult? result, Verdict verdict, DateTimeOffset finished)
    {
        ArgumentNullException.ThrowIfNull(plan);
        TaskTotals totals = result?.Totals() ?? new TaskTotals();
        return new RunRecord(plan)
        {
            Verdict = verdict,
            ExitCode = (int)(verdict == Verdict.Held ? Core.ExitCode.Held : Core.ExitCode.Ok),
            RowsRead = totals.RowsRead,
            RowsOut = totals.RowsOut,
            RowsQuarantined = totals.RowsQuarantined,
            QuarantineCounts = totals.QuarantineCounts,
            RowGroupsRead = totals.RowGroupsRead,
            RowGroupsUnsupported = totals.RowGroupsUnsupported,
            Content = totals.Content,
            QuarantineContent = totals.QuarantineContent,
            Started = plan.Created,
            Finished = finished,
            Seconds = Stages(plan, result, finished, totals),
        };
    }

    private static Dictionary<string, double> Stages(Plan plan, RunResult? result, DateTimeOffset finished, TaskTotals totals)
    {
        var stages = new Dictionary<string, double>(StringComparer.Ordinal) { ["plan"] = plan.Seconds };
        if (result is not null)
        {
            stages["tasks"] = (result.Finished - result.Started).TotalSeconds;
            stages["publish"] = Math.Max(0, (finished - result.Finished).TotalSeconds);
        }

        foreach ((string stage, double seconds) in totals.Seconds) stages[stage] = seconds;
        return stages;
    }
}
