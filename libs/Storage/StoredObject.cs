namespace BatchScoring.Storage;

/// <summary>What a store knows of an object.</summary>
public sealed record StoredObject
{
    /// <summary>Key under the root.</summary>
    public required string Key { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>S3: the ETag. Folder: modification time and inode. Opaque; equal text means unchanged.</summary>
    public required string Version { get; init; }

    /// <summary>When it was last written.</summary>
    public required DateTimeOffset Modified { get; init; }

    /// <summary>Metadata (S3, from Head only); empty elsewhere.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
