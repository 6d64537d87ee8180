using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Score;

/// <summary>Keeps a copy of every model that scored, under the hash of its content: what a plan names can be looked at for ever.</summary>
internal static class ModelPins
{
    public static async Task<ModelPin> PinAsync(IObjectStore store, ModelFile model, bool dryRun, CancellationToken cancellation)
    {
        string key = FolderLayout.PinnedModel(model.Sha256, Path.GetExtension(model.Path));
        if (!dryRun && await store.HeadAsync(key, cancellation) is null)
            await store.PutAsync(key, model.Content, PutCondition.IfAbsent, cancellation);
        return new ModelPin
        {
            Name = Path.GetFileNameWithoutExtension(model.Path),
            // With a letter in front: 12 digits of a hash may all be decimal, or read 12345e678901, and readers of CSV take that for a number.
            Version = "m" + model.Sha256[..12],
            Format = model.Model.Format,
            Sha256 = model.Sha256,
            Key = key,
        };
    }
}
