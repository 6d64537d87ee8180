using System.Security.Cryptography;
using BatchScoring.Core;
using BatchScoring.Models;
using BatchScoring.Scoring;

namespace BatchScoring.SparkJobs;

/// <summary>A model file as a user names it, read once.</summary>
internal sealed record ModelFile(string Path, byte[] Content, string Sha256, IModel Model)
{
    /// <summary>The kinds of model that this program reads.</summary>
    public static ModelFormats Formats => ModelFormats.Standard;

    /// <param name="path">A model file, or a folder that MLflow wrote.</param>
    /// <exception cref="BatchScoringException"><c>MODEL_NOT_FOUND</c>, or what the file says; the text names the file.</exception>
    public static ModelFile Load(string path)
    {
        string file = Directory.Exists(path) ? MlflowFolder.ModelOf(path) : path;
        if (!File.Exists(file))
        {
            throw new BatchScoringException(ScoringErrors.ModelNotFound,
                $"There is no model file {System.IO.Path.GetFullPath(file)}. Name a model's file (.cbm or .json).");
        }

        try
        {
            byte[] content = Formats.ReadFile(file);
            return new ModelFile(file, content, Convert.ToHexStringLower(SHA256.HashData(content)), Formats.Open(content));
        }
        catch (ModelException e)
        {
            throw new BatchScoringException(ModelErrors.Of(e), $"{file}: {e.Message}", e);
        }
    }
}
