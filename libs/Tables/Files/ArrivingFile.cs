using Microsoft.Win32.SafeHandles;

namespace BatchScoring.Tables;

/// <summary>
/// A local file to read from, while pieces of it may still be on their way in the order of the file: who reads waits for what it reads and
/// not for the rest. What belongs to no piece is there, or never comes.
/// </summary>
/// <remarks>Thread safe. Disposing of it, once, ends the fetching; only then may the file be deleted.</remarks>
public sealed class ArrivingFile : IAsyncDisposable
{
    private const int Requests = 8;

    private readonly SafeFileHandle? _local;
    private readonly ByteRange[] _pieces;
    private readonly TaskCompletionSource[] _arrivals;
    private readonly CancellationTokenSource _stop;
    private readonly Task _fetching;

    /// <param name="path">The file.</param>
    /// <param name="local">Its handle to write with; owned.</param>
    /// <param name="pieces">What is to come: ascending, apart from one another.</param>
    /// <param name="fetch">Fetches a piece and writes it into the file; several at once.</param>
    /// <param name="cancellation">Ends the fetching.</param>
    internal ArrivingFile(
        string path, SafeFileHandle? local, IEnumerable<ByteRange> pieces, Func<ByteRange, CancellationToken, Task> fetch,
        CancellationToken cancellation)
    {
        (Path, _local, _pieces) = (path, local, [.. pieces]);
        _arrivals = [.. _pieces.Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // On threads of its own: the caller's may be the one that will wait.
        _fetching = _pieces.Length == 0 ? Task.CompletedTask : Task.Run(() => FetchAsync(fetch), CancellationToken.None);
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>A file that is there.</summary>
    internal static ArrivingFile Whole(string path) => new(path, null, [], (_, _) => Task.CompletedTask, CancellationToken.None);

    /// <summary>Blocks until the bytes are there.</summary>
    /// <param name="offset">The first, from the start of the file.</param>
    /// <param name="length">How many; may reach beyond the end of the file.</param>
    /// <exception cref="Core.BatchScoringException">They do not come: what the store says, <c>INPUT_CHANGED</c>, or
    /// <c>SCRATCH_FAILED</c>.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void WaitFor(long offset, long length)
    {
        for (int i = FirstEndingAfter(offset); i < _pieces.Length && _pieces[i].Offset - offset < length; i++)
            _arrivals[i].Task.GetAwaiter().GetResult();
    }

    /// <summary>Blocks until all is there.</summary>
    /// <inheritdoc cref="WaitFor"/>
    public void WaitForAll() => WaitFor(0, long.MaxValue);

    /// <inheritdoc cref="WaitForAll"/>
    public async Task WaitForAllAsync()
    {
        await _fetching;
        WaitForAll();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _fetching;
        _local?.Dispose();
        _stop.Dispose();
    }

    /// <summary>Ends when the last piece is there, or with the first failure: without one piece the others are of no use.</summary>
    private async Task FetchAsync(Func<ByteRange, CancellationToken, Task> fetch)
    {
        try
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, _pieces.Length),
                new ParallelOptions { MaxDegreeOfParallelism = Requests, CancellationToken = _stop.Token },
                async (i, stop) =>
                {
                    await fetch(_pieces[i], stop);
                    _arrivals[i].SetResult();
                });
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            foreach (TaskCompletionSource arrival in _arrivals) arrival.TrySetCanceled(_stop.Token);
        }
        catch (Exception e)
        {
            // Stores have errors of their own: this one is the local disk's, and no reader shall take it for the input's.
            Exception failure = e is IOException ? InputErrors.Scratch(System.IO.Path.GetDirectoryName(Path)!, e) : e;
            foreach (TaskCompletionSource arrival in _arrivals) arrival.TrySetException(failure);
            await Task.WhenAll(_arrivals.Select(arrival => arrival.Task))
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // observed
        }
    }

    private int FirstEndingAfter(long offset)
    {
        (int low, int high) = (0, _pieces.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_pieces[middle].Offset + _pieces[middle].Length > offset) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
