namespace BatchScoring.Core;

/// <summary>Credentials of a store. Never printed: <see cref="ToString"/> shows none of it.</summary>
public sealed record StoreCredentials
{
    /// <summary>Access key id.</summary>
    public required string AccessKey { get; init; }

    /// <summary>Secret key.</summary>
    public required string SecretKey { get; init; }

    /// <summary>Session token of temporary credentials, or null.</summary>
    public string? SessionToken { get; init; }

    /// <summary>When temporary credentials end, or null.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <inheritdoc/>
    public override string ToString() => "StoreCredentials { *** }";
}
