using BatchScoring.Core;

namespace BatchScoring.Engines;

/// <summary>The header that all workers use; renewed once however many of them meet the same expiry.</summary>
internal sealed class HeaderHolder(HeaderLine header, Func<CancellationToken, Task<HeaderLine>>? renew) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile HeaderLine _current = header;

    public HeaderLine Current => _current;

    /// <summary>Replaces <paramref name="expired"/>, unless another worker has done so already.</summary>
    public async Task RenewAsync(HeaderLine expired, TaskError? error, CancellationToken cancellation)
    {
        if (renew is null)
        {
            throw new BatchScoringException(EngineErrors.CredentialsExpired,
                $"The store's credentials expired during the run and there is no way to get new ones: " +
                $"{error?.Message ?? "no reason given"} "
                + "Use credentials that live longer than the run, or an instance role.");
        }

        await _gate.WaitAsync(cancellation);
        try
        {
            if (ReferenceEquals(_current, expired)) _current = await renew(cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
