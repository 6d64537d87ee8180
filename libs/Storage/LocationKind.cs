namespace BatchScoring.Storage;

/// <summary>Where a named place lies.</summary>
public enum LocationKind
{
    /// <summary>A file or folder of this machine.</summary>
    Local,

    /// <summary>An object, or the beginning of keys, of a bucket.</summary>
    S3,

    /// <summary>A web address.</summary>
    Web,
}
