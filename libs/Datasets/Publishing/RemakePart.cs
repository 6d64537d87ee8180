using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Datasets;

/// <summary>
/// Makes a lost part again: runs its split from the attempt's plan, with the same program and DuckDB version, and stages the file under
/// the same key, with the manifest's attempt and attempt folder (<see cref="IObjectStore.StageAsync"/>). The publisher compares size and
/// SHA-256 and completes it.
/// </summary>
/// <param name="manifest">The published manifest: attempt folder, program, …</param>
/// <param name="part">The part that is gone.</param>
/// <param name="cancellation">Ends the work.</param>
/// <returns>The part, pending under <see cref="PendingPart.Key"/> of <paramref name="part"/>.</returns>
public delegate Task<PendingPart> RemakePart(Manifest manifest, PendingPart part, CancellationToken cancellation);
