using BatchScoring.Spark.Py4J;

namespace BatchScoring.Spark;

/// <summary>
/// The Spark session of the driver that spark-submit started this program in. Everything is blocking. Calls from one managed thread run on
/// one thread of the JVM, other threads have their own: job groups, which belong to a thread, therefore work as expected as long as an
/// action and its <see cref="SparkContext.SetJobGroup"/> are called from the same thread. Asynchronous callers run their calls on a
/// long-running thread of their own, not on the pool.
/// </summary>
/// <remarks>Safe for use from several threads at once. A call that waits is left by <see cref="SparkContext.CancelJobGroup"/> from another
/// thread (it then throws a <see cref="JavaException"/>), or by <see cref="Dispose"/>.</remarks>
public sealed class SparkSession : IDisposable
{
    private readonly Gateway _gateway;
    private readonly JavaObject _session;

    internal SparkSession(Gateway gateway, JavaObject session)
    {
        _gateway = gateway;
        _session = session;
        using JavaObject context = session.Call<JavaObject>("sparkContext");
        SparkContext = new SparkContext(
            gateway.CallStatic<JavaObject>("org.apache.spark.api.java.JavaSparkContext", "fromSparkContext", context));
    }

    /// <summary>Spark's version, for example <c>3.5.8</c>.</summary>
    public string Version => _session.Call<string>("version");

    /// <summary>What runs jobs and knows about them.</summary>
    public SparkContext SparkContext { get; }

    internal Gateway Gateway => _gateway;

    /// <summary>Begins to make a session.</summary>
    public static SparkSessionBuilder Builder() => new(Environment.GetEnvironmentVariable);

    /// <summary>Runs a query lazily, a command at once.</summary>
    /// <param name="text">One statement of Spark SQL.</param>
    /// <exception cref="JavaException">Spark does not understand it.</exception>
    public DataFrame Sql(string text) => new(_session.Call<JavaObject>("sql", text));

    /// <summary>Begins to read a dataset.</summary>
    public DataFrameReader Read() => new(_session.Call<JavaObject>("read"));

    /// <summary>Stops Spark and closes the connections: call it before a normal end, or a cluster may not see one.</summary>
    /// <exception cref="SparkException">Spark is gone already.</exception>
    public void Stop()
    {
        _session.Call("stop");
        Dispose();
    }

    /// <summary>
    /// Closes the connections without stopping Spark. Calls that wait in other threads end with <see cref="SparkCodes.GatewayClosed"/>.
    /// </summary>
    public void Dispose() => _gateway.Dispose();
}
