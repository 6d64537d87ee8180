using System.Globalization;
using BatchScoring.Spark.Py4J;

namespace BatchScoring.Spark;

/// <summary>Settings of a session to be made. What spark-submit was told is there already; settings here win over it.</summary>
public sealed class SparkSessionBuilder
{
    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);
    private readonly Func<string, string?> _environment;

    internal SparkSessionBuilder(Func<string, string?> environment) => _environment = environment;

    /// <summary>Names the application, as Spark's pages show it.</summary>
    public SparkSessionBuilder AppName(string name) => Config("spark.app.name", name);

    /// <summary>Sets a setting.</summary>
    public SparkSessionBuilder Config(string key, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(value);
        _settings[key] = value;
        return this;
    }

    /// <inheritdoc cref="Config(string, string)"/>
    public SparkSessionBuilder Config(string key, bool value) => Config(key, value ? "true" : "false");

    /// <inheritdoc cref="Config(string, string)"/>
    public SparkSessionBuilder Config(string key, long value) => Config(key, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Connects to the driver and takes its session, or makes one.</summary>
    /// <exception cref="SparkException">The program was not started by spark-submit (<see cref="SparkCodes.GatewayMissing"/>), or its
    /// driver does not answer.</exception>
    /// <exception cref="JavaException">Spark could not start, for example for want of a cluster.</exception>
    public SparkSession GetOrCreate()
    {
        Gateway gateway = new(GatewayAddress.FromEnvironment(_environment));
        try
        {
            using JavaObject builder = gateway.CallStatic<JavaObject>("org.apache.spark.sql.SparkSession", "builder");
            foreach ((string key, string value) in _settings) builder.Call("config", key, value);
            return new SparkSession(gateway, builder.Call<JavaObject>("getOrCreate"));
        }
        catch
        {
            gateway.Dispose();
            throw;
        }
    }
}
