using BatchScoring.Storage;

namespace BatchScoring.Datasets;

/// <summary>What clean did, or with <c>dryRun</c> would do.</summary>
/// <param name="Aborted">Pending parts given up: older than the retention and no manifest waits for them.</param>
/// <param name="Young">Pending parts kept because they are younger than the retention: a run may still want them.</param>
/// <param name="Wanted">Pending parts kept because a manifest names them and they are not complete: <c>recover</c> completes them.</param>
public sealed record CleanResult(IReadOnlyList<PendingUpload> Aborted, IReadOnlyList<PendingUpload> Young,
    IReadOnlyList<PendingUpload> Wanted);
