using System.Security.Cryptography;

namespace BatchScoring.Core;

/// <summary>Names one try at a run: 16 random lower-case hex digits, so that no two processes ever share one.</summary>
public readonly record struct AttemptId(string Text)
{
    /// <summary>A new random id.</summary>
    public static AttemptId New() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));

    /// <inheritdoc/>
    public override string ToString() => Text;
}
