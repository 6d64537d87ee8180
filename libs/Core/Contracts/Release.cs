namespace BatchScoring.Core;

/// <summary>Who opened a quality gate, and why.</summary>
/// <param name="By">The user's name on the machine that asked.</param>
/// <param name="Reason">What they wrote.</param>
/// <param name="Attempt">The held attempt whose content was released.</param>
public sealed record Release(string By, string Reason, string Attempt);
