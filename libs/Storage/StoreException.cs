using BatchScoring.Core;

namespace BatchScoring.Storage;

/// <summary>A store refused, failed or could not be reached, or what it holds cannot be used.</summary>
/// <param name="error">A code of <see cref="StorageErrors"/>.</param>
/// <param name="message">The text for people: what failed, found, allowed, where, what to do.</param>
/// <param name="unclear">True when a write may or may not have happened.</param>
/// <param name="inner">The cause.</param>
public sealed class StoreException(ErrorCode error, string message, bool unclear = false, Exception? inner = null)
    : BatchScoringException(error, message, inner)
{
    /// <summary>True when a write may or may not have happened: look before going on.</summary>
    public bool Unclear { get; } = unclear;
}
