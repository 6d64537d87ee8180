using BatchScoring.Core;

namespace BatchScoring.Reporting;

/// <summary>Which run a report is about.</summary>
public sealed record ReportRun
{
    /// <summary>The job, a command of batch-score.</summary>
    public required string Job { get; init; }

    /// <summary>The run's id, for example <c>score-2026-11-21-r1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The attempt that this report tells of.</summary>
    public required string Attempt { get; init; }

    /// <summary>The business date; null for a job without one.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>1 for the first result of that date.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>When the attempt began (UTC).</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it ended (UTC).</summary>
    public required DateTimeOffset Finished { get; init; }

    /// <summary>Program and version.</summary>
    public required string Program { get; init; }

    /// <summary>Where it ran: <c>embedded</c> or <c>spark</c>, with threads or executors if known.</summary>
    public string? Engine { get; init; }

    /// <summary>What the engine calls the run, for example YARN's application id; null where nobody else knows of it.</summary>
    public string? Application { get; init; }

    /// <summary>The machine that led the run.</summary>
    public string? Host { get; init; }

    /// <summary>Who asked for it there.</summary>
    public string? User { get; init; }

    /// <summary>The model's name, or its file's name.</summary>
    public string? Model { get; init; }

    /// <summary>The model's version.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>When the model was trained, as its file says; null when it does not.</summary>
    public string? ModelTrained { get; init; }

    /// <summary>SHA-256 of the model's file, lower-case hex.</summary>
    public string? ModelSha256 { get; init; }

    /// <summary>Content hash of the published rows: equal hashes mean equal rows, whatever their order.</summary>
    public ContentHash? Content { get; init; }

    /// <summary>Hash of what decides the result; the same request has the same one.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>How long it took.</summary>
    internal TimeSpan Duration => Finished - Started;
}
