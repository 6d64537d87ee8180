namespace BatchScoring.Core;

/// <summary>One input file as the plan saw it.</summary>
public sealed record InputFile
{
    /// <summary>Key under the root; or an absolute path for a plain file that is no part of a root.</summary>
    public required string Key { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>S3: the ETag. Folder: modification time in ticks and inode. Opaque; equal text means unchanged.</summary>
    public required string Version { get; init; }
}
