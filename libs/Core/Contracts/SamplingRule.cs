namespace BatchScoring.Core;

/// <summary>
/// How dates draw from the pool: a row's slot is ⌊u·k/2⁶⁴⌋, u = the first 8 bytes (big-endian) of SHA-256(salt, 0, key as text); date
/// first + s draws slot s. Lies in the details of test/'s manifest and never changes.
/// </summary>
public sealed record SamplingRule
{
    /// <summary>The first date; it draws slot 0.</summary>
    public required string FirstDate { get; init; }

    /// <summary>k, the number of slots: after so many days the pool is spent.</summary>
    public required int Slots { get; init; }

    /// <summary>The salt's UTF-8 text.</summary>
    public required string Salt { get; init; }

    /// <summary>The label column, kept out of samples; null when there is none.</summary>
    public string? Label { get; init; }

    /// <summary>SHA-256 of train/'s manifest: the two were made by one import.</summary>
    public required string TrainManifestSha256 { get; init; }
}
