namespace BatchScoring.Core;

/// <summary>
/// <c>_retired.json</c>: the parts of this replaced revision were removed on purpose. Written before the first of them is removed, put
/// once, never changed; the manifest and its seal stay.
/// </summary>
public sealed record Retirement
{
    /// <summary>Version of the contract.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The revision's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>SHA-256 of the manifest that names the parts.</summary>
    public required string ManifestSha256 { get; init; }

    /// <summary>The revision that had replaced it.</summary>
    public required int Successor { get; init; }

    /// <summary>SHA-256 of that revision's manifest.</summary>
    public required string SuccessorSha256 { get; init; }

    /// <summary>When that revision was sealed, as the store says (UTC).</summary>
    public required DateTimeOffset SuccessorSealed { get; init; }

    /// <summary>When the revision was retired (UTC).</summary>
    public required DateTimeOffset Retired { get; init; }

    /// <summary>Program and version.</summary>
    public required string Program { get; init; }

    /// <summary>The user it ran as.</summary>
    public string? User { get; init; }
}
