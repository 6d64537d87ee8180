using BatchScoring.Storage;

namespace BatchScoring.Tasks;

/// <summary>
/// Looks for the stop sign four times a second beside the work, not within it: a long statement must end as soon as a loop over blocks.
/// </summary>
internal sealed class StopWatcher : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _ended = new();
    private readonly Task _watching;
    private volatile bool _raised;

    public StopWatcher(IObjectStore store, string? key, TimeProvider time, CancellationTokenSource work) =>
        _watching = key is null ? Task.CompletedTask : Task.Run(() => WatchAsync(store, key, time, work));

    /// <summary>Whether the sign was seen; the work's token is cancelled then.</summary>
    public bool Raised => _raised;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _watching;
        _ended.Dispose();
    }

    private async Task WatchAsync(IObjectStore store, string key, TimeProvider time, CancellationTokenSource work)
    {
        try
        {
            using PeriodicTimer timer = new(Interval, time);
            do
            {
                if (!await StopSign.IsRaisedAsync(store, key, _ended.Token)) continue;
                _raised = true;
                await work.CancelAsync();
                return;
            }
            while (await timer.WaitForNextTickAsync(_ended.Token));
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The work is over.
        }
    }
}
