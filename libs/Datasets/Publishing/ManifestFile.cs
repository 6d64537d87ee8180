using System.Security.Cryptography;
using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Datasets;

/// <summary>A manifest with the bytes it is stored as; <c>_SUCCESS</c> names their SHA-256.</summary>
/// <param name="Manifest">What it says.</param>
/// <param name="Bytes">The stored bytes; do not change them.</param>
/// <param name="Sha256">Of the bytes, lower-case hex.</param>
public sealed record ManifestFile(Manifest Manifest, ReadOnlyMemory<byte> Bytes, string Sha256)
{
    /// <summary>A manifest as it will be stored.</summary>
    public static ManifestFile Create(Manifest manifest)
    {
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(manifest, CoreJson.Default.Manifest);
        return new ManifestFile(manifest, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    /// <summary>The manifest that stands in a folder, or null.</summary>
    /// <exception cref="DatasetException"><c>MANIFEST_INVALID</c>, <c>MANIFEST_NEWER</c>.</exception>
    public static async Task<ManifestFile?> ReadAsync(IObjectStore store, string folder, CancellationToken cancellation)
    {
        byte[]? bytes = await store.GetAsync(StoreKey.CheckFolder(folder) + FolderLayout.Manifest, cancellation);
        return bytes is null ? null : Parse(bytes, folder);
    }

    internal static ManifestFile Parse(byte[] bytes, string folder)
    {
        string where = folder + FolderLayout.Manifest;
        try
        {
            CheckFormat(bytes, where);
            Manifest manifest = JsonSerializer.Deserialize(bytes, CoreJson.Default.Manifest) ?? throw new JsonException("it is null");
            string? problem = ManifestRules.Problem(manifest);
            if (problem is null && !string.Equals(manifest.Folder, folder, StringComparison.Ordinal))
                problem = $"it speaks of the folder '{manifest.Folder}'";
            if (problem is not null) throw Invalid(where, problem, null);
            return new ManifestFile(manifest, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
        catch (JsonException e)
        {
            throw Invalid(where, e.Message, e);
        }
    }

    private static void CheckFormat(byte[] bytes, string where)
    {
        using var document = JsonDocument.Parse(bytes);
        if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("format", out JsonElement format)
            && format.ValueKind == JsonValueKind.Number && format.TryGetInt32(out int version) && version > Manifest.CurrentFormat)
        {
            throw new DatasetException(DatasetErrors.ManifestNewer, FormattableString.Invariant(
                $"The manifest '{where}' has format {version}; this program reads up to {Manifest.CurrentFormat}. Update this program."));
        }
    }

    private static DatasetException Invalid(string where, string why, Exception? inner) => new(DatasetErrors.ManifestInvalid,
        $"The manifest '{where}' cannot be used: {why}. Restore it from a backup, or publish the next revision.", inner: inner);
}
