namespace BatchScoring.Storage;

/// <summary>What a probe of a store found.</summary>
/// <param name="ConditionalWrites">True when a second conditional put of one key was refused.</param>
/// <param name="Finding">One sentence for people.</param>
public sealed record StoreProbe(bool ConditionalWrites, string Finding);
