using BatchScoring.Storage;

namespace BatchScoring.Tables;

/// <summary>A checkpoint whose files are all listed.</summary>
/// <param name="Version">The version that it holds.</param>
/// <param name="Files">Its files: one, or the parts in their order.</param>
internal sealed record DeltaCheckpointFiles(long Version, IReadOnlyList<StoredObject> Files);
