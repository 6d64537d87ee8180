using System.Text.Json;

namespace BatchScoring.Core;

/// <summary><c>plan.json</c>: all that an attempt is going to do, fixed before it does anything.</summary>
public sealed record Plan
{
    /// <summary>Version of the contract.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The run's id.</summary>
    public required string Run { get; init; }

    /// <summary>The job.</summary>
    public required string Job { get; init; }

    /// <summary>The run date; null for a job without one.</summary>
    public string? RunDate { get; init; }

    /// <summary>The revision of that date.</summary>
    public required int Revision { get; init; }

    /// <summary>The attempt.</summary>
    public required string Attempt { get; init; }

    /// <summary>Hash of what decides the result.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The folder that will hold the result.</summary>
    public required string Folder { get; init; }

    /// <summary>The input files, pinned.</summary>
    public required IReadOnlyList<InputFile> Inputs { get; init; }

    /// <summary>SHA-256 of the manifest that seals the inputs; null when they are not sealed by one.</summary>
    public string? InputManifestSha256 { get; init; }

    /// <summary>The model, for a job that uses one.</summary>
    public ModelPin? Model { get; init; }

    /// <summary>The options that decide the result.</summary>
    public required JsonElement Options { get; init; }

    /// <summary>The tasks, complete: any of them can be done again from here.</summary>
    public required IReadOnlyList<SplitLine> Tasks { get; init; }

    /// <summary>Rows in all inputs, from their footers.</summary>
    public required long Rows { get; init; }

    /// <summary>Program and version.</summary>
    public required string Program { get; init; }

    /// <summary>DuckDB's version.</summary>
    public required string DuckDb { get; init; }

    /// <summary>When it was made (UTC).</summary>
    public required DateTimeOffset Created { get; init; }
}
