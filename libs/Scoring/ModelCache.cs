using System.Collections.Concurrent;
using System.Security.Cryptography;
using BatchScoring.Core;
using BatchScoring.Models;

namespace BatchScoring.Scoring;

/// <summary>Models by the hash of their file, loaded once per process however many tasks ask at once.</summary>
/// <remarks>Thread safe. Keeps what it loaded: a run has one model, or a few.</remarks>
/// <param name="formats">The kinds of model that can be loaded.</param>
public sealed class ModelCache(ModelFormats formats)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<LoadedModel>>> _models = new(StringComparer.Ordinal);

    /// <summary>The model that the pin names.</summary>
    /// <exception cref="BatchScoringException"><c>MODEL_NOT_FOUND</c>, <c>MODEL_CHANGED</c>, what the model file says, what the store
    /// says.</exception>
    /// <param name="read">Reads a file by its key, whole; null where it is not there.</param>
    /// <param name="pin">Names the model.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task<LoadedModel> GetAsync(
        Func<string, CancellationToken, Task<byte[]?>> read, ModelPin pin, CancellationToken cancellation)
    {
        // Not under the caller's token: another task may be waiting for the same load.
        Lazy<Task<LoadedModel>> model = _models.GetOrAdd(
            pin.Sha256, _ => new Lazy<Task<LoadedModel>>(() => Task.Run(() => LoadAsync(read, pin), CancellationToken.None)));
        try
        {
            return await model.Value.WaitAsync(cancellation);
        }
        catch (Exception) when (model.Value.IsFaulted)
        {
            _models.TryRemove(KeyValuePair.Create(pin.Sha256, model));
            throw;
        }
    }

    private async Task<LoadedModel> LoadAsync(Func<string, CancellationToken, Task<byte[]?>> read, ModelPin pin)
    {
        byte[] file = await read(pin.Key, CancellationToken.None)
            ?? throw new BatchScoringException(ScoringErrors.ModelNotFound,
                $"The model {pin.Name} {pin.Version} is not at {pin.Key}, where the plan put its copy. Run the command again.");
        string hash = Convert.ToHexStringLower(SHA256.HashData(file));
        if (hash != pin.Sha256)
            throw new BatchScoringException(ScoringErrors.ModelChanged,
                $"The model file {pin.Key} has the SHA-256 {hash}, planned was {pin.Sha256}. Find out who changed it; run the command again.");
        try
        {
            return new LoadedModel(formats.Open(file));
        }
        catch (ModelException e)
        {
            throw new BatchScoringException(ModelErrors.Of(e),
                $"The model {pin.Name} {pin.Version} ({pin.Format}) at {pin.Key}: {e.Message}", e);
        }
    }
}
