namespace BatchScoring.Storage;

/// <summary>A pending part as a store lists it.</summary>
/// <param name="Key">The final key.</param>
/// <param name="PendingId">Upload id, or the pending file's key.</param>
/// <param name="Initiated">When it was begun.</param>
public sealed record PendingUpload(string Key, string PendingId, DateTimeOffset Initiated);
