namespace BatchScoring.Spark.Py4J;

/// <summary>
/// The driver JVM: classes by their full names, objects by reference. Calls from a thread run on one JVM thread of its own.
/// </summary>
internal sealed class Gateway : IDisposable
{
    public const int DefaultMaxLineBytes = 512 << 20;

    private readonly ConnectionPool _connections;
    private readonly ReferenceReleaser _releaser;

    public Gateway(GatewayAddress address, int maxLineBytes = DefaultMaxLineBytes)
    {
        _connections = new ConnectionPool(address, maxLineBytes);
        _connections.Current(); // says at once when nobody is there
        _releaser = new ReferenceReleaser(_connections);
    }

    public int Connections => _connections.Count;

    /// <summary>References that have been freed.</summary>
    public long Freed => _releaser.Freed;

    public JavaObject New(string type, params ReadOnlySpan<object?> arguments)
    {
        object? value = Execute(Commands.New(type, arguments), $"new {type}");
        foreach (object? argument in arguments) GC.KeepAlive(argument);
        return Cast<JavaObject>(type, value);
    }

    public T CallStatic<T>(string type, string method, params ReadOnlySpan<object?> arguments)
    {
        object? value = Execute(Commands.CallStatic(type, method, arguments), $"{type}.{method}");
        foreach (object? argument in arguments) GC.KeepAlive(argument);
        return Cast<T>($"{type}.{method}", value);
    }

    /// <summary>Runs a command on this thread's connection. An object in the answer comes as a <see cref="JavaObject"/>.</summary>
    /// <exception cref="JavaException">The called code threw.</exception>
    /// <exception cref="SparkException">The gateway could not make the call, or is gone.</exception>
    public object? Execute(string command, string what)
    {
        Connection connection = _connections.Current();
        Answer answer = connection.Execute(command);
        return answer.Kind switch
        {
            AnswerKind.Value => answer.Value is ObjectId id ? new JavaObject(this, id) : answer.Value,
            AnswerKind.Thrown => throw ThrowableReader.Read(this, connection, (ObjectId)answer.Value!),
            _ => throw SparkErrors.Rejected(what, (string)answer.Value!),
        };
    }

    public void Drop(ObjectId id) => _releaser.Drop(id);

    public static T Cast<T>(string call, object? value) =>
        value is T expected ? expected : throw SparkErrors.Unexpected(call, typeof(T).Name, value);

    /// <summary>Closes every connection; calls that wait in other threads end with <see cref="SparkCodes.GatewayClosed"/>.</summary>
    public void Dispose()
    {
        _releaser.Dispose();
        _connections.Dispose();
    }
}
