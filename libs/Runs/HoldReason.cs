using BatchScoring.Core;

namespace BatchScoring.Runs;

/// <summary>Why a result is held.</summary>
/// <param name="Code">The kind of reason; its exit status is <see cref="ExitCode.Held"/>.</param>
/// <param name="Text">What was found and what is allowed, without a full stop.</param>
/// <param name="LookAt">Where to look first; null for the rows that the attempt set aside.</param>
public sealed record HoldReason(ErrorCode Code, string Text, string? LookAt = null);
