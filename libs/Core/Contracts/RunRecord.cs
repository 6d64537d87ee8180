using System.Text.Json;

namespace BatchScoring.Core;

/// <summary><c>record.json</c>: the verdict of an attempt. With the manifest it is the truth; exit codes only echo it.</summary>
public sealed record RunRecord
{
    private static readonly Dictionary<string, long> _none = new(StringComparer.Ordinal);

    /// <summary>Version of the contract.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The run's id.</summary>
    public required string Run { get; init; }

    /// <summary>The job.</summary>
    public required string Job { get; init; }

    /// <summary>The run date; null for a job without one.</summary>
    public string? RunDate { get; init; }

    /// <summary>The revision.</summary>
    public required int Revision { get; init; }

    /// <summary>The attempt.</summary>
    public required string Attempt { get; init; }

    /// <summary>The attempt's folder.</summary>
    public required string AttemptFolder { get; init; }

    /// <summary>Hash of what decides the result.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>How it ended.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The exit status that belongs to the verdict.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Why it failed or is held; null otherwise.</summary>
    public AnswerError? Error { get; init; }

    /// <summary>The folder of the result.</summary>
    public required string Folder { get; init; }

    /// <summary>Rows read.</summary>
    public long RowsRead { get; init; }

    /// <summary>Rows in the result.</summary>
    public long RowsOut { get; init; }

    /// <summary>Rows set aside.</summary>
    public long RowsQuarantined { get; init; }

    /// <summary>Rows set aside, by code.</summary>
    public IReadOnlyDictionary<string, long> QuarantineCounts { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Row groups whose numbers our own reader has read, over all tasks.</summary>
    public long RowGroupsRead { get; init; }

    /// <summary>Row groups that it has declined, by the reason's code: DuckDB has read them, to the same result.</summary>
    public IReadOnlyDictionary<string, long> RowGroupsDeclined { get; init => field = value ?? _none; } = _none;

    /// <summary>Content hash of the result.</summary>
    public ContentHash Content { get; init; }

    /// <summary>Content hash of the rows set aside.</summary>
    public ContentHash QuarantineContent { get; init; }

    /// <summary>The model, for a job that uses one.</summary>
    public ModelPin? Model { get; init; }

    /// <summary>Who opened the gate and why; null when no gate was opened.</summary>
    public Release? Release { get; init; }

    /// <summary>When the attempt began (UTC).</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it ended (UTC).</summary>
    public required DateTimeOffset Finished { get; init; }

    /// <summary>Seconds by stage: plan, tasks, publish; and, summed over tasks, read, evaluate, write, stage.</summary>
    public IReadOnlyDictionary<string, double> Seconds { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>What the job has to tell besides, one JSON object.</summary>
    public JsonElement? Details { get; init; }

    /// <summary>Program and version.</summary>
    public required string Program { get; init; }
}
