using System.Text.Json;
using System.Text.Json.Nodes;
using BatchScoring.Core;

namespace BatchScoring.Runs;

/// <summary>All that decides a run, before any attempt at it.</summary>
public sealed record RunRequest
{
    /// <summary>The run that is asked for.</summary>
    public required RunId Run { get; init; }

    /// <summary>The folder that will hold the result.</summary>
    public required string Folder { get; init; }

    /// <summary>The options that decide the result; goes into plan and fingerprint.</summary>
    public required JsonObject Options { get; init; }

    /// <summary>What it reads.</summary>
    public required PlannedInput Input { get; init; }

    /// <summary>The model, for a job that uses one.</summary>
    public ModelPin? Model { get; init; }

    /// <summary>Makes the result.</summary>
    public required IProducer Producer { get; init; }

    /// <summary>The result's columns; none where it is no table.</summary>
    public IReadOnlyList<DatasetColumn> Columns { get; init; } = [];

    /// <summary>The key column of the result.</summary>
    public string? Key { get; init; }

    /// <summary>What the manifest states besides.</summary>
    public JsonElement? Details { get; init; }

    /// <summary>
    /// How many rows may be set aside; null for a job that sets none aside. It does not decide the result, only whether it comes.
    /// </summary>
    public GateLimits? Limits { get; init; }

    /// <summary>A further gate, asked when <see cref="Limits"/> let the result pass: why it is held, or null. Null for no such gate.</summary>
    public Func<RunResult, HoldReason?>? HoldWhen { get; init; }

    /// <summary>Why another revision is made; null for the first one.</summary>
    public string? Reason { get; init; }

    /// <summary>Why a held result is published all the same; null to leave it held.</summary>
    public string? ReleaseReason { get; init; }

    /// <summary>Rows that were set aside before the tasks began.</summary>
    public EarlyQuarantine? Early { get; init; }

    /// <summary>The same for the same result: job, inputs, model and options, in one canonical text.</summary>
    public string Fingerprint => Runs.Fingerprint.Of(this);
}
