using System.Globalization;

namespace BatchScoring.Spark.Py4J;

/// <summary>Where the gateway listens and what opens it. Not a record: its secret must not be printed.</summary>
internal sealed class GatewayAddress(int port, string secret)
{
    private const string PortVariable = "PYSPARK_GATEWAY_PORT";
    private const string SecretVariable = "PYSPARK_GATEWAY_SECRET";

    public int Port { get; } = port;

    public string Secret { get; } = secret;

    /// <exception cref="SparkException">A variable is missing, or the port is none.</exception>
    public static GatewayAddress FromEnvironment(Func<string, string?> variable)
    {
        if (variable(PortVariable) is not { Length: > 0 } port) throw SparkErrors.Missing(PortVariable);
        if (variable(SecretVariable) is not { Length: > 0 } secret) throw SparkErrors.Missing(SecretVariable);
        bool isPort = int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= 65535;
        return isPort ? new GatewayAddress(number, secret) : throw SparkErrors.BadPort(port);
    }
}
