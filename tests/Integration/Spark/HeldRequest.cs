using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>The first request of a kind, held at the proxy while everything else passes.</summary>
internal sealed class HeldRequest : IDisposable
{
    private readonly TaskCompletionSource<string> _came = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _forward = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _seen;

    public HeldRequest(FaultProxy proxy, Func<TinyRequest, bool> kind)
    {
        proxy.Fault = async request =>
        {
            if (!kind(request) || Interlocked.Increment(ref _seen) > 1) return await proxy.ForwardAsync(request);
            _came.SetResult(request.ToString());
            return await _forward.Task ? await proxy.ForwardAsync(request) : null;
        };
    }

    /// <summary>Completes when it is there.</summary>
    public Task<string> Came => _came.Task;

    /// <summary>Requests of the kind so far.</summary>
    public int Seen => Volatile.Read(ref _seen);

    /// <summary>Lets it pass.</summary>
    public void Release() => _forward.TrySetResult(true);

    /// <summary>Ends it without an answer, unless it has passed.</summary>
    public void Dispose() => _forward.TrySetResult(false);
}
