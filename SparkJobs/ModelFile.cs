using System.Security.Cryptography;
using BatchScoring.Core;
using BatchScoring.Models;

namespace BatchScoring.SparkJobs;

/// <summary>A model file as a user names it, read once.</summary>
internal sealed record ModelFile(string Path, byte[] Content, string Sha256, CatBoostModel Model)
{
    public static ModelFile Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new BatchScoringException("MODEL_NOT_FOUND", ExitCode.InputUnusable,
                $"There is no model file {System.IO.Path.GetFullPath(path)}. Name a CatBoost model (.cbm).");
        }

        byte[] content = File.ReadAllBytes(path);
        return new ModelFile(path, content, Convert.ToHexStringLower(SHA256.HashData(content)), CatBoostModel.Load(content));
    }
}
