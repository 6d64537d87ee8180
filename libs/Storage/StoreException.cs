using BatchScoring.Core;

namespace BatchScoring.Storage;

/// <summary>A store refused, failed or could not be reached, or what it holds cannot be used.</summary>
/// <param name="code">A code of <see cref="StorageCodes"/>; exit status and retry advice follow from it.</param>
/// <param name="message">The text for people: what failed, found, allowed, where, what to do.</param>
/// <param name="unclear">True when a write may or may not have happened.</param>
/// <param name="inner">The cause.</param>
public sealed class StoreException(string code, string message, bool unclear = false, Exception? inner = null)
    : BatchScoringException(code, StorageCodes.Get(code).ExitCode, message, StorageCodes.Get(code).RetryHelps, inner)
{
    /// <summary>True when a write may or may not have happened: look before going on.</summary>
    public bool Unclear { get; } = unclear;
}
