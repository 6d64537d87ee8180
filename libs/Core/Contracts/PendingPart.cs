namespace BatchScoring.Core;

/// <summary>A file that is written in full but that no reader can see yet.</summary>
public sealed record PendingPart
{
    /// <summary>The key it will have once completed; unique, no other process ever uses it.</summary>
    public required string Key { get; init; }

    /// <summary>S3: the multipart upload's id. Folder: the pending file's key.</summary>
    public required string PendingId { get; init; }

    /// <summary>S3: the ETag of every uploaded piece, in order. Folder: empty.</summary>
    public IReadOnlyList<string> Etags { get; init; } = [];

    /// <summary>Size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the content, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Rows in it.</summary>
    public required long Rows { get; init; }
}
