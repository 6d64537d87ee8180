using System.Runtime.ExceptionServices;
using Microsoft.Win32.SafeHandles;

namespace BatchScoring.Tasks;

/// <summary>
/// A local file to read from, while pieces of it may still be on their way in the order of the file: who reads waits for what it reads and
/// not for the rest. What belongs to no piece is there, or never comes.
/// </summary>
/// <remarks>Thread safe. Disposing of it ends the fetching; only then may the file be deleted.</remarks>
public sealed class ArrivingFile : IAsyncDisposable
{
    /// <summary>Pieces that are fetched at once.</summary>
    internal const int Requests = 8;

    private readonly SafeFileHandle? _local;
    private readonly ByteRange[] _pieces;
    private readonly Task[] _arrivals;
    private readonly CancellationTokenSource _stop;
    private readonly SemaphoreSlim _slots = new(Requests);
    private Exception? _failure;

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
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _arrivals = [.. _pieces.Select(piece => FetchAsync(piece, fetch))];
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>A file that is there.</summary>
    internal static ArrivingFile Whole(string path) => new(path, null, [], (_, _) => Task.CompletedTask, CancellationToken.None);

    /// <summary>Blocks until the bytes are there.</summary>
    /// <param name="offset">The first, from the start of the file.</param>
    /// <param name="length">How many; may reach beyond the end of the file.</param>
    /// <exception cref="Core.BatchScoringException">They do not come: what the store says, <c>INPUT_CHANGED</c>, or <c>SCRATCH_FAILED</c>.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void WaitFor(long offset, long length)
    {
        for (int i = FirstEndingAfter(offset); i < _pieces.Length && _pieces[i].Offset - offset < length; i++)
        {
            try
            {
                _arrivals[i].GetAwaiter().GetResult();
            }
            catch (OperationCanceledException) when (_failure is { } failure)
            {
                ExceptionDispatchInfo.Throw(failure);
            }
        }
    }

    /// <summary>Blocks until all is there.</summary>
    /// <inheritdoc cref="WaitFor"/>
    public void WaitForAll() => WaitFor(0, long.MaxValue);

    /// <inheritdoc cref="WaitForAll"/>
    public async Task WaitForAllAsync()
    {
        await Task.WhenAll(_arrivals).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        WaitForAll();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_arrivals).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _local?.Dispose();
        _stop.Dispose();
        _slots.Dispose();
    }

    private async Task FetchAsync(ByteRange piece, Func<ByteRange, CancellationToken, Task> fetch)
    {
        await _slots.WaitAsync(_stop.Token);
        try
        {
            await fetch(piece, _stop.Token);
        }
        catch (Exception e) when (!_stop.IsCancellationRequested)
        {
            // Stores have errors of their own: this one is the local disk's, and no reader shall take it for the input's.
            Exception failure = e is IOException ? InputErrors.Scratch(System.IO.Path.GetDirectoryName(Path)!, e) : e;
            Interlocked.CompareExchange(ref _failure, failure, null);
            // Without this piece the others are of no use.
            await _stop.CancelAsync();
            ExceptionDispatchInfo.Throw(failure);
        }
        finally
        {
            _slots.Release();
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
