namespace BatchScoring.Core;

/// <summary>How to reach a store; holds no secret.</summary>
public sealed record StoreOptions
{
    /// <summary>An absolute folder, or <c>s3://bucket/prefix</c>.</summary>
    public required string Root { get; init; }

    /// <summary>S3 endpoint, for example <c>http://127.0.0.1:19000</c>; null means AWS.</summary>
    public string? Endpoint { get; init; }

    /// <summary>S3 region; null means that of <c>AWS_REGION</c>, <c>AWS_DEFAULT_REGION</c> or the profile, else <c>us-east-1</c>.</summary>
    public string? Region { get; init; }

    /// <summary>True: bucket in the path, not in the host name (most stores that are not AWS).</summary>
    public bool PathStyle { get; init; }

    /// <summary>
    /// S3 server-side encryption that every object asks for: <c>AES256</c>, <c>aws:kms</c> or <c>aws:kms=KEY</c>; null means the bucket's
    /// own.
    /// </summary>
    public string? Encryption { get; init; }
}
