using System.Security.Cryptography;
using BatchScoring.Core;
using BatchScoring.Models;
using BatchScoring.Tasks;

namespace BatchScoring.SparkJobs;

/// <summary>A model file as a user names it, read once.</summary>
internal sealed record ModelFile(string Path, byte[] Content, string Sha256, CatBoostModel Model)
{
    /// <param name="path">A model file, or a folder that MLflow wrote.</param>
    /// <exception cref="BatchScoringException"><c>MODEL_NOT_FOUND</c>, or what the file says; the text names the file.</exception>
    public static ModelFile Load(string path)
    {
        string file = Directory.Exists(path) ? MlflowFolder.ModelOf(path) : path;
        if (!File.Exists(file))
        {
            throw new BatchScoringException(ScoringErrors.ModelNotFound,
                $"There is no model file {System.IO.Path.GetFullPath(file)}. Name a CatBoost model (.cbm).");
        }

        try
        {
            byte[] content = ModelFormats.Standard.ReadFile(file);
            return new ModelFile(file, content, Convert.ToHexStringLower(SHA256.HashData(content)), CatBoostModel.Load(content));
        }
        catch (ModelException e)
        {
            throw new BatchScoringException(ModelErrors.Of(e), $"{file}: {e.Message}", e);
        }
    }
}
