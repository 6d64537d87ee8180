using System.Collections.Concurrent;

namespace BatchScoring.Spark.Py4J;

/// <summary>
/// Frees the gateway's references to objects that nobody holds any more, on a thread and a connection of its own: finalizers only queue.
/// </summary>
internal sealed class ReferenceReleaser : IDisposable
{
    private readonly ConcurrentQueue<ObjectId> _dropped = [];
    private readonly AutoResetEvent _signal = new(initialState: false); // never disposed: a late finalizer may still set it
    private readonly ConnectionPool _connections;
    private volatile bool _closed;
    private long _freed;

    public ReferenceReleaser(ConnectionPool connections)
    {
        _connections = connections;
        new Thread(Run) { IsBackground = true, Name = "Spark references" }.Start();
    }

    public long Freed => Interlocked.Read(ref _freed);

    public void Drop(ObjectId id)
    {
        if (_closed) return;
        _dropped.Enqueue(id);
        _signal.Set();
    }

    public void Dispose()
    {
        _closed = true;
        _signal.Set();
    }

    private void Run()
    {
        try
        {
            while (!_closed)
            {
                _signal.WaitOne();
                FreeDropped();
                _connections.CloseDead();
            }
        }
        catch (SparkException)
        {
            _closed = true; // the JVM is gone, and its objects with it; callers learn that from their own calls
        }
        _dropped.Clear();
    }

    private void FreeDropped()
    {
        while (!_closed && _dropped.TryDequeue(out ObjectId id))
        {
            _connections.Current().Execute(Commands.Free(id));
            Interlocked.Increment(ref _freed);
        }
    }
}
