using System.Text.RegularExpressions;
using Amazon.Runtime.CredentialManagement;
using BatchScoring.Core;

namespace BatchScoring.Storage;

/// <summary>Endpoint, region and encryption: checked before anything is sent, and filled in from where every AWS program looks.</summary>
internal static partial class S3Place
{
    private const string DefaultRegion = "us-east-1";

    /// <returns>The options with the region that requests are signed for.</returns>
    /// <exception cref="StoreException"><c>STORE_OPTION_INVALID</c>.</exception>
    public static StoreOptions Resolve(StoreOptions options)
    {
        if (options.Endpoint is { } endpoint) CheckEndpoint(endpoint);
        if (options.Encryption is { } encryption) _ = S3Encryption.Parse(encryption);
        string region = options.Region ?? Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION") ?? ProfileRegion() ?? DefaultRegion;
        if (!RegionName().IsMatch(region))
            throw Invalid($"The S3 region '{region}' is no name of a region",
                "Write it as the store knows it, for example eu-central-1 (--s3-region).");
        return options with { Region = region };
    }

    /// <summary>The proxy that requests for this endpoint go through, in a sentence; empty when they go straight.</summary>
    public static string Route(Uri endpoint)
    {
        if (HttpClient.DefaultProxy.IsBypassed(endpoint) || HttpClient.DefaultProxy.GetProxy(endpoint) is not { } proxy
            || proxy == endpoint) return "";
        string[] names = [$"{endpoint.Scheme}_proxy", $"{endpoint.Scheme.ToUpperInvariant()}_PROXY", "all_proxy", "ALL_PROXY"];
        string? by = Array.Find(names, name => Variable(name) is not null);
        // Not the whole address: it may hold a password.
        return $" The request for {endpoint.GetLeftPart(UriPartial.Authority)} went through the proxy {proxy.Scheme}://{proxy.Authority}"
            + $"{(by is null ? "" : $" that {by} names")}; a host in no_proxy is reached past it.";
    }

    private static void CheckEndpoint(string endpoint)
    {
        const string Advice = "Write scheme, host and port, for example http://127.0.0.1:9000, and no more; leave it out for AWS " +
            "(--s3-endpoint).";
        if (endpoint.Trim().Length == 0) throw Invalid("The S3 endpoint is empty", Advice);
        bool hasScheme = endpoint.Contains("://", StringComparison.Ordinal);
        if (!hasScheme && Uri.TryCreate("http://" + endpoint, UriKind.Absolute, out Uri? meant) && meant.Host.Length > 0)
            throw Invalid($"The S3 endpoint '{endpoint}' has no scheme", $"Write http://{endpoint} or https://{endpoint} (--s3-endpoint).");
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
            throw Invalid($"The S3 endpoint '{endpoint}' is no http or https address", Advice);
        if (uri.UserInfo.Length > 0) throw Invalid($"The S3 endpoint for {uri.Host} holds a name or password",
            "Give credentials by environment or profile, never in an address.");
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw Invalid($"The S3 endpoint '{endpoint}' has more than an address", Advice);
    }

    private static string? ProfileRegion() =>
        new CredentialProfileStoreChain().TryGetProfile(Variable("AWS_PROFILE") ?? "default", out CredentialProfile profile)
            ? profile.Region?.SystemName : null;

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static StoreException Invalid(string what, string advice) => new(StorageErrors.OptionInvalid, $"{what}. {advice}");

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]*$")]
    private static partial Regex RegionName();
}
