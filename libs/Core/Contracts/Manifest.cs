using System.Text.Json;

namespace BatchScoring.Core;

/// <summary>
/// <c>_manifest.json</c>: names everything that a published dataset consists of, and decides who won. Put once, with a condition; never changed.
/// </summary>
public sealed record Manifest
{
    /// <summary>The version of this contract.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of the contract.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The dataset's folder, for example <c>test_sample/run_date=2026-11-21/</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>The run that made it.</summary>
    public required string Run { get; init; }

    /// <summary>The job that made it, for example <c>score</c>.</summary>
    public required string Job { get; init; }

    /// <summary>The attempt that won.</summary>
    public required string Attempt { get; init; }

    /// <summary>The attempt's folder: plan, results, record, report.</summary>
    public required string AttemptFolder { get; init; }

    /// <summary>Hash of what decides the result; the same request has the same one.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>When the manifest was made (UTC).</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Program and version that made it.</summary>
    public required string Program { get; init; }

    /// <summary>Rows read from the input; equals rows in the parts plus set-aside rows for a job that keeps every row.</summary>
    public required long RowsRead { get; init; }

    /// <summary>Content hash and count of the rows in the parts.</summary>
    public required ContentHash Content { get; init; }

    /// <summary>Content hash and count of the set-aside rows.</summary>
    public required ContentHash QuarantineContent { get; init; }

    /// <summary>The columns of every part, in order.</summary>
    public required IReadOnlyList<DatasetColumn> Columns { get; init; }

    /// <summary>The key column's name, or null for a dataset without one.</summary>
    public string? Key { get; init; }

    /// <summary>The parts, by key in ordinal order.</summary>
    public required IReadOnlyList<PendingPart> Parts { get; init; }

    /// <summary>What this kind of dataset states besides (the sampling rule of the pool, the model of a score …).</summary>
    public JsonElement? Details { get; init; }
}
