using System.Text.Json;

namespace BatchScoring.Core;

/// <summary><c>plan.json</c>: all that an attempt is going to do, fixed before it does anything.</summary>
public sealed record Plan : RunIdentity
{
    /// <summary>The input files, pinned.</summary>
    public required IReadOnlyList<InputFile> Inputs { get; init; }

    /// <summary>SHA-256 of the manifest that seals the inputs; null when they are not sealed by one.</summary>
    public string? InputManifestSha256 { get; init; }

    /// <summary>The options that decide the result.</summary>
    public required JsonElement Options { get; init; }

    /// <summary>The tasks, complete: any of them can be done again from here; empty where no tasks make the result.</summary>
    public required IReadOnlyList<TaskSpec> Tasks { get; init; }

    /// <summary>Rows in all inputs, from their footers.</summary>
    public required long Rows { get; init; }

    /// <summary>DuckDB's version; empty in older plans, which have it under another name.</summary>
    public string DuckdbVersion { get; init; } = "";

    /// <summary>When it was made (UTC).</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Seconds that planning took.</summary>
    public double Seconds { get; init; }
}
