using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace BatchScoring.Storage;

/// <summary>
/// The process's own credentials: environment, profile, role, as every AWS program looks for them. Whatever goes wrong on the way is told
/// as what it is, a matter of credentials, before any request is sent; it is no word about the store.
/// </summary>
internal sealed class OwnCredentials(IClientConfig config) : AWSCredentials
{
    public override ImmutableCredentials GetCredentials() => GetCredentialsAsync().GetAwaiter().GetResult();

    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        try
        {
            AWSCredentials found = await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(config);
            return await found.GetCredentialsAsync();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            string profile = Environment.GetEnvironmentVariable("AWS_PROFILE") is { Length: > 0 } named
                ? $" AWS_PROFILE is '{named}'."
                : "";
            // Where no source has any, the SDK lists what is wrong with each of them, line by line.
            string why = e.Message.Contains('\n', StringComparison.Ordinal)
                ? "neither the environment, nor a web identity, nor a profile, nor this machine's role gives any"
                : e.Message.TrimEnd('.');
            throw new StoreException(StorageErrors.CredentialsMissing,
                $"No credentials for the store could be had: {why}.{profile} "
                + "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE to a profile that exists, or run where the instance " +
                "has a role.", inner: e);
        }
    }
}
