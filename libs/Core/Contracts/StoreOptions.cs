namespace BatchScoring.Core;

/// <summary>How to reach a store; holds no secret.</summary>
public sealed record StoreOptions
{
    /// <summary>An absolute folder, or <c>s3://bucket/prefix</c>.</summary>
    public required string Root { get; init; }

    /// <summary>S3 endpoint, for example <c>http://127.0.0.1:19000</c>; null means AWS.</summary>
    public string? Endpoint { get; init; }

    /// <summary>S3 region; null means <c>us-east-1</c>.</summary>
    public string? Region { get; init; }

    /// <summary>True: bucket in the path, not in the host name (most stores that are not AWS).</summary>
    public bool PathStyle { get; init; }
}
