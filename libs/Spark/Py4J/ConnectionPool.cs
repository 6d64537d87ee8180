using System.Collections.Concurrent;

namespace BatchScoring.Spark.Py4J;

/// <summary>
/// A connection for each thread that makes calls. Spark keeps job groups by JVM thread, and a connection is one: so a connection is never
/// handed to another thread, and that of a dead thread is closed, not reused.
/// </summary>
internal sealed class ConnectionPool(GatewayAddress address, int maxLineBytes) : IDisposable
{
    private readonly ConcurrentDictionary<Thread, Connection> _pinned = [];
    private volatile bool _closed;

    public int Count => _pinned.Count;

    public Connection Current()
    {
        if (_pinned.TryGetValue(Thread.CurrentThread, out Connection? connection)) return connection;
        if (_closed) throw SparkErrors.Closed();
        CloseDead();
        connection = Connection.Open(address, maxLineBytes);
        _pinned[Thread.CurrentThread] = connection;
        if (!_closed) return connection;
        connection.Dispose();
        throw SparkErrors.Closed();
    }

    public void CloseDead()
    {
        foreach (Thread thread in _pinned.Keys)
        {
            if (!thread.IsAlive && _pinned.TryRemove(thread, out Connection? connection)) connection.Dispose();
        }
    }

    public void Dispose()
    {
        _closed = true;
        foreach (Connection connection in _pinned.Values) connection.Dispose();
    }
}
