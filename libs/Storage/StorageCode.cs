using BatchScoring.Core;

namespace BatchScoring.Storage;

/// <summary>One error code of this library, for the page that lists them all.</summary>
/// <param name="Code">The stable code, as <see cref="BatchScoringException.Code"/> carries it.</param>
/// <param name="ExitCode">What a process answers when nobody handles it.</param>
/// <param name="RetryHelps">True when the same request may succeed later.</param>
/// <param name="Cause">What has happened, and what to do.</param>
public sealed record StorageCode(string Code, ExitCode ExitCode, bool RetryHelps, string Cause);
