namespace BatchScoring.Storage;

/// <summary>Where an S3 root is: <c>s3://bucket/prefix</c>.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">Empty, or ending in a slash.</param>
internal sealed record S3Root(string Bucket, string Prefix)
{
    private const string Scheme = "s3://";

    public static bool Matches(string root) => root.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="StoreException"><c>STORE_ROOT_INVALID</c>.</exception>
    public static S3Root Parse(string root)
    {
        string rest = root[Scheme.Length..];
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        string bucket = slash < 0 ? rest : rest[..slash], prefix = slash < 0 ? "" : rest[(slash + 1)..].TrimEnd('/');
        if (bucket.Length is < 3 or > 63 || bucket.AsSpan()
            .IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789.-_ABCDEFGHIJKLMNOPQRSTUVWXYZ") >= 0)
            throw new StoreException(StorageErrors.RootInvalid,
                $"The root '{root}' cannot be used: '{bucket}' is no bucket name. Write s3://bucket/prefix.");
        if (prefix.Length > 0) StoreKey.Check(prefix);
        return new S3Root(bucket, prefix.Length == 0 ? "" : prefix + "/");
    }

    public string FullKey(string key) => Prefix + key;

    public string Describe(string key) => $"{Scheme}{Bucket}/{Prefix}{key}";
}
