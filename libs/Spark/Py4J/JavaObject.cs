namespace BatchScoring.Spark.Py4J;

/// <summary>A Java object that the gateway keeps alive until this is disposed or collected.</summary>
internal sealed class JavaObject(Gateway gateway, ObjectId id) : IDisposable
{
    private int _released;

    ~JavaObject() => Release();

    public ObjectId Id { get; } = id;

    public Gateway Gateway { get; } = gateway;

    /// <summary>Calls a method that returns nothing, or something that nobody needs.</summary>
    public void Call(string method, params ReadOnlySpan<object?> arguments) => (Invoke(method, arguments) as JavaObject)?.Dispose();

    public T Call<T>(string method, params ReadOnlySpan<object?> arguments) => Gateway.Cast<T>(method, Invoke(method, arguments));

    /// <summary>As <see cref="Call{T}"/>, for methods that may return null.</summary>
    public T? TryCall<T>(string method, params ReadOnlySpan<object?> arguments)
        where T : class => Invoke(method, arguments) is { } value ? Gateway.Cast<T>(method, value) : null;

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private object? Invoke(string method, ReadOnlySpan<object?> arguments)
    {
        object? value = Gateway.Execute(Commands.Call(this, method, arguments), method);
        // Until here the JVM uses them: a reference that is collected during the call would be freed during the call.
        GC.KeepAlive(this);
        foreach (object? argument in arguments) GC.KeepAlive(argument);
        return value;
    }

    private void Release()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0) Gateway.Drop(Id);
    }
}
