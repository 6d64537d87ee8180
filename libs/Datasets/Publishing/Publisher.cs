using System.Text;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Datasets;

/// <summary>
/// Publishes a dataset so that nobody can take it for finished while it is not: parts are made pending by tasks; then one manifest, put
/// only if none stands, decides who won; then the parts are completed, each looked at; then <c>_SUCCESS</c> names the manifest's hash.
/// docs/design/publish.md has the whole protocol with every place where it may be interrupted.
/// </summary>
/// <remarks>
/// Thread safe. No lease and no clock takes part in correctness. Once the manifest may stand, a publish only rolls forward:
/// cancellation and failures leave the folder for <see cref="RecoverAsync"/>, which any process may call, at the same time as others.
/// </remarks>
/// <param name="store">Where to.</param>
/// <param name="remake">Makes lost parts again; null: a lost part is an error.</param>
/// <param name="time">Clock of pauses; null means the system's.</param>
public sealed class Publisher(IObjectStore store, RemakePart? remake = null, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly RollForward _rollForward = new(store, remake, time ?? TimeProvider.System);
    private readonly PendingParts _pending = new(store);
    private readonly DeltaLog _log = new(store);
    private readonly SemaphoreSlim _probing = new(1, 1);
    private bool _isProbed;

    /// <summary>Publishes what an attempt has staged. May be called again after any failure, by the same attempt.</summary>
    /// <returns>Who won. The folder is sealed in every case.</returns>
    /// <exception cref="DatasetException">
    /// Before the manifest (nothing published): <c>PUBLISH_PART_MISSING</c>, <c>PUBLISH_INPUT_CHANGED</c>, <c>PUBLISH_RESULT_MISSING</c>.
    /// Not known whether published: <c>PUBLISH_UNCLEAR</c>. After it: <c>PUBLISH_UNFINISHED</c> (call again),
    /// <c>PUBLISH_PART_LOST</c>, <c>PUBLISH_PART_FOREIGN</c>, <c>PUBLISH_SEAL_MISMATCH</c>.
    /// </exception>
    /// <exception cref="StoreException"><c>STORE_UNCONDITIONAL</c>: nothing is published there. Or what the store says before the
    /// manifest.</exception>
    /// <exception cref="ArgumentException">The manifest contradicts itself.</exception>
    public async Task<PublishResult> PublishAsync(PublishRequest request, CancellationToken cancellation)
    {
        Manifest manifest = request.Manifest;
        if (ManifestRules.Problem(manifest) is { } problem)
            throw new ArgumentException($"The manifest cannot be published: {problem}.", nameof(request));
        ManifestFile? standing = await ManifestFile.ReadAsync(store, manifest.Folder, cancellation);
        bool stood = standing is not null;
        if (standing is null)
        {
            await CheckReadyAsync(request, cancellation);
            await store.PutAsync(
                manifest.AttemptFolder + AttemptFiles.Publishing, Encoding.UTF8.GetBytes(manifest.Folder), PutCondition.Always,
                    cancellation);
            standing = await DecideAsync(manifest, cancellation);
        }
        if (!IsBy(standing, manifest)) return await LoseAsync(standing, manifest, cancellation);
        IReadOnlyList<string> remade = await _rollForward.FinishAsync(standing, cancellation);
        await _pending.TryAbortAsync(standing.Manifest, cancellation);
        return new PublishResult(stood ? PublishOutcome.AlreadyPublishedByUs : PublishOutcome.Won, standing)
        {
            Remade = remade,
            IndexProblem = await BringAsync(standing, cancellation),
        };
    }

    /// <summary>
    /// Completes a publish that was interrupted after its manifest. Any process may call it at any time: it never publishes anything new.
    /// </summary>
    /// <param name="folder">The dataset's folder (with <c>revision=N/</c> where there are revisions).</param>
    /// <param name="cancellation">Ends it; calling again goes on.</param>
    /// <exception cref="DatasetException">As for <see cref="PublishAsync"/> after the manifest.</exception>
    public async Task<RecoverResult> RecoverAsync(string folder, CancellationToken cancellation)
    {
        ManifestFile? standing = await ManifestFile.ReadAsync(store, folder, cancellation);
        if (standing is null) return new RecoverResult(RecoverOutcome.NothingPublished, null);
        if (await _rollForward.IsSealedAsync(standing, cancellation))
            return new RecoverResult(RecoverOutcome.AlreadySealed, standing) { IndexProblem = await BringAsync(standing, cancellation) };
        IReadOnlyList<string> remade = await _rollForward.FinishAsync(standing, cancellation);
        await _pending.TryAbortAsync(standing.Manifest, cancellation);
        return new RecoverResult(RecoverOutcome.RolledForward, standing)
        {
            Remade = remade,
            IndexProblem = await BringAsync(standing, cancellation),
        };
    }

    /// <summary>
    /// Gives an attempt's pending parts up: it failed, was held, or lost. Refused once the attempt may have published, unless another
    /// attempt's manifest is seen.
    /// </summary>
    /// <param name="folder">The dataset's folder that the parts were meant for.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="attemptFolder">Its folder.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>How many were given up.</returns>
    /// <exception cref="DatasetException"><c>PUBLISH_ABORT_REFUSED</c>: published, or not known; <see cref="RecoverAsync"/>
    /// decides.</exception>
    public async Task<int> AbortAsync(string folder, string attempt, string attemptFolder, CancellationToken cancellation)
    {
        if (await store.HeadAsync(attemptFolder + AttemptFiles.Publishing, cancellation) is not null)
        {
            ManifestFile? standing = await ManifestFile.ReadAsync(store, folder, cancellation);
            if (standing is null || string.Equals(standing.Manifest.Attempt, attempt, StringComparison.Ordinal))
            {
                throw new DatasetException(DatasetErrors.PublishAbortRefused, $"The parts of attempt {attempt} are kept: it "
                    + (standing is null ? "had begun to publish and its manifest may still arrive" : "has published")
                    + $" in '{folder}'. Run recover.");
            }
        }
        return await _pending.AbortAsync(folder, attempt, attemptFolder, cancellation);
    }

    /// <summary>Makes sure, once per publisher, that the store keeps the promise that a publish rests on.</summary>
    /// <exception cref="StoreException"><c>STORE_UNCONDITIONAL</c>, with what was seen.</exception>
    public async Task CheckStoreAsync(CancellationToken cancellation)
    {
        await _probing.WaitAsync(cancellation);
        try
        {
            if (_isProbed) return;
            StoreProbe probe = await store.ProbeAsync(cancellation);
            if (!probe.ConditionalWrites)
                throw new StoreException(StorageErrors.Unconditional,
                    $"Nothing is published here, because two runs could both win. {probe.Finding}");
            _isProbed = true;
        }
        finally
        {
            _probing.Release();
        }
    }

    private static bool IsBy(ManifestFile standing, Manifest ours) =>
        string.Equals(standing.Manifest.Attempt, ours.Attempt, StringComparison.Ordinal);

    private async Task CheckReadyAsync(PublishRequest request, CancellationToken cancellation)
    {
        Manifest manifest = request.Manifest;
        await CheckStoreAsync(cancellation);
        if (await store.HeadAsync(manifest.AttemptFolder + AttemptFiles.Result, cancellation) is null)
        {
            throw new DatasetException(DatasetErrors.PublishResultMissing,
                $"'{manifest.AttemptFolder}{AttemptFiles.Result}' is not there. It must be complete before "
                + "a publish: record and report are made from it when the run is interrupted later. Nothing was published.");
        }
        await InputFiles.CheckUnchangedAsync(store, request.Inputs, request.InputFolder, cancellation);
        await _pending.CheckAllAsync(manifest, cancellation);
    }

    /// <summary>Puts the manifest if none stands and looks which one stands now: that one has won, whatever the put answered.</summary>
    private async Task<ManifestFile> DecideAsync(Manifest manifest, CancellationToken cancellation)
    {
        var ours = ManifestFile.Create(manifest);
        string key = manifest.Folder + FolderLayout.Manifest;
        StoreException? failure;
        try
        {
            (ManifestFile? standing, failure) = await Settling.WriteAsync(
                () => store.PutAsync(key, ours.Bytes, PutCondition.IfAbsent, cancellation),
                () => ManifestFile.ReadAsync(store, manifest.Folder, cancellation), _time, cancellation);
            if (standing is not null) return standing;
        }
        catch (StoreException e) when (e.Transient || e.Unclear)
        {
            failure = e;
        }
        throw new DatasetException(DatasetErrors.PublishUnclear,
            $"It could not be seen whether '{key}' was written: {failure?.Message ?? "the store took it but does not show it"} "
            + "Nothing was given up. Run the command again, or recover, when the store answers.", failure);
    }

    private async Task<PublishResult> LoseAsync(ManifestFile winner, Manifest ours, CancellationToken cancellation)
    {
        await _pending.TryAbortAsync(ours, cancellation);
        IReadOnlyList<string> remade = await _rollForward.FinishAsync(winner, cancellation);
        bool equal = winner.Manifest.Content == ours.Content && winner.Manifest.QuarantineContent == ours.QuarantineContent;
        return new PublishResult(equal ? PublishOutcome.LostToEqual : PublishOutcome.LostToDifferent, winner)
        {
            Remade = remade,
            IndexProblem = await BringAsync(winner, cancellation),
        };
    }

    /// <summary>Scores that are sealed are published, whatever becomes of their index.</summary>
    /// <returns>Why the index is behind, or null.</returns>
    private async Task<string?> BringAsync(ManifestFile published, CancellationToken cancellation)
    {
        if (!published.Manifest.Folder.StartsWith(FolderLayout.Inferences, StringComparison.Ordinal)) return null;
        try
        {
            await _log.BringAsync(published, cancellation);
            return null;
        }
        catch (Exception e) when (e is DatasetException or StoreException or OperationCanceledException)
        {
            return e.Message;
        }
    }
}
