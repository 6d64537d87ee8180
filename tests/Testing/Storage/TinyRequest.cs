namespace BatchScoring.Tests.Testing;

/// <summary>One HTTP/1.1 request, whole.</summary>
/// <param name="Method">GET, PUT …</param>
/// <param name="Target">Path and query as sent.</param>
/// <param name="Headers">By name, any case.</param>
/// <param name="Body">May be empty.</param>
public sealed record TinyRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Path => Target.Split('?')[0];

    /// <summary>The query by name; a name without a value has an empty one.</summary>
    public IReadOnlyDictionary<string, string> Query => Target.Contains('?')
        ? Target[(Target.IndexOf('?') + 1)..].Split('&').Select(p => p.Split('=', 2))
            .ToDictionary(p => p[0], p => p.Length > 1 ? Uri.UnescapeDataString(p[1]) : "", StringComparer.Ordinal)
        : new Dictionary<string, string>();

    public bool IsWrite => Method is "PUT" or "POST" or "DELETE";

    public override string ToString() => $"{Method} {Target}";
}
