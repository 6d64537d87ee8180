using System.Security.Cryptography;

namespace BatchScoring.SparkJobs;

/// <summary>Local files that a job reads or makes.</summary>
internal static class LocalFile
{
    public static string Sha256(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
