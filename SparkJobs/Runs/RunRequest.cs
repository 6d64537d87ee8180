using System.Text.Json;
using System.Text.Json.Nodes;
using BatchScoring.Core;

namespace BatchScoring.SparkJobs.Runs;

/// <summary>All that decides a run, before any attempt at it.</summary>
internal sealed record RunRequest
{
    public required RunId Run { get; init; }

    /// <summary>The folder that will hold the result.</summary>
    public required string Folder { get; init; }

    /// <summary>The options that decide the result; goes into plan and fingerprint.</summary>
    public required JsonObject Options { get; init; }

    public required PlannedInput Input { get; init; }

    public ModelPin? Model { get; init; }

    /// <summary>Makes the result.</summary>
    public required IProducer Producer { get; init; }

    /// <summary>The result's columns; none where it is no table.</summary>
    public IReadOnlyList<DatasetColumn> Columns { get; init; } = [];

    public string? Key { get; init; }

    /// <summary>What the manifest states besides.</summary>
    public JsonElement? Details { get; init; }

    /// <summary>How many rows may be set aside; null for a job that sets none aside. It does not decide the result, only whether it comes.</summary>
    public GateLimits? Limits { get; init; }

    /// <summary>Why another revision is made; null for the first one.</summary>
    public string? Reason { get; init; }

    public string? ReleaseReason { get; init; }

    /// <summary>Rows that were set aside before the tasks began.</summary>
    public EarlyQuarantine? Early { get; init; }

    /// <summary>The same for the same result: job, inputs, model and options, in one canonical text.</summary>
    public string Fingerprint => Runs.Fingerprint.Of(this);
}
