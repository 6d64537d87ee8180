using Amazon.Runtime;
using BatchScoring.Core;

namespace BatchScoring.Storage;

/// <summary>
/// Temporary credentials that are renewed before they end: five minutes ahead, or at half of what is left when that is less. While the
/// source fails, the old ones serve until they end.
/// </summary>
internal sealed class RenewingCredentials(Func<CancellationToken, Task<StoreCredentials>> source, TimeProvider time) : AWSCredentials,
    IDisposable
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim _asking = new(1, 1);
    private volatile Held? _held;

    public override ImmutableCredentials GetCredentials() => GetCredentialsAsync().GetAwaiter().GetResult();

    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        if (_held is { } held && time.GetUtcNow() < held.RenewAt) return held.Credentials;
        await _asking.WaitAsync();
        try
        {
            if (_held is { } renewed && time.GetUtcNow() < renewed.RenewAt) return renewed.Credentials;
            return (_held = await AskAsync(_held)).Credentials;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>The store says that these have ended: ask the source again before the next request.</summary>
    public void Expire() => _held = null;

    public void Dispose() => _asking.Dispose();

    private async Task<Held> AskAsync(Held? old)
    {
        DateTimeOffset now = time.GetUtcNow();
        StoreCredentials got;
        try
        {
            got = await source(CancellationToken.None);
        }
        catch (Exception) when (old is not null && now < old.Expires)
        {
            return old;
        }
        DateTimeOffset expires = got.Expires ?? DateTimeOffset.MaxValue;
        if (expires <= now)
        {
            throw new StoreException(StorageErrors.CredentialsExpired,
                FormattableString.Invariant(
                    $"The credentials ended at {expires:yyyy-MM-dd HH:mm:ss}Z and no newer ones were to be had. Renew them."));
        }
        TimeSpan left = expires - now;
        DateTimeOffset renewAt = got.Expires is null ? DateTimeOffset.MaxValue : expires - (left / 2 < Ahead ? left / 2 : Ahead);
        return new Held(new ImmutableCredentials(got.AccessKey, got.SecretKey, got.SessionToken), expires, renewAt);
    }

    private sealed record Held(ImmutableCredentials Credentials, DateTimeOffset Expires, DateTimeOffset RenewAt);
}
