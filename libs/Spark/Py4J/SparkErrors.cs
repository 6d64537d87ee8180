namespace BatchScoring.Spark.Py4J;

/// <summary>One method per failure. No text holds the gateway's secret or what was sent.</summary>
internal static class SparkErrors
{
    private const int ShownText = 300;

    public static SparkException Missing(string variable) => new(
        SparkCodes.GatewayMissing,
        $"There is no Spark to talk to: the environment variable {variable} is not set, and spark-submit sets it. Start the program by " +
        "spark-submit --conf spark.pyspark.driver.python=PROGRAM --class org.apache.spark.deploy.PythonRunner spark-internal NAME x " +
        "ARGUMENTS, without spark.remote (Spark Connect opens no gateway).");

    public static SparkException BadPort(string found) => new(
        SparkCodes.GatewayMissing,
            $"PYSPARK_GATEWAY_PORT is '{Shown(found)}', which is no port (1 to 65535). spark-submit sets it; do not set it by hand.");

    public static SparkException Unreachable(int port, Exception cause) => new(
        SparkCodes.GatewayUnreachable,
        $"Spark's gateway does not answer at port {port} of this machine: {cause.Message}. The driver JVM has probably ended; look at " +
        "its log.", cause);

    public static SparkException Refused() => new(
        SparkCodes.GatewayRefused,
        "Spark's gateway refused the secret in PYSPARK_GATEWAY_SECRET. It belongs to another driver: start the program by spark-submit, " +
        "each time anew.");

    public static SparkException Lost(Exception? cause = null) => new(
        SparkCodes.GatewayLost,
        $"The connection to Spark's driver JVM ended before its answer was complete{(cause is null ? "" : $" ({cause.Message})")}. " +
        "The JVM has probably been killed or ran out of memory; look at the driver's log.", cause);

    public static SparkException Closed() => new(
        SparkCodes.GatewayClosed,
            "The Spark session was stopped or disposed by this program, so the call has no answer. Make no calls after that.");

    public static SparkException LineTooLong(long maxBytes) => new(
        SparkCodes.Protocol,
        $"Spark's gateway sent an answer of more than {maxBytes} bytes, which is the most that is taken. Ask for fewer or shorter rows " +
        "at once.");

    public static SparkException Protocol(string what, string found) => new(
        SparkCodes.Protocol, $"Spark's gateway sent {what}: '{Shown(found)}'. This program and this Spark do not fit; see the supported " +
            "versions.");

    public static SparkException Unexpected(string call, string expected, object? found) => new(
        SparkCodes.Protocol,
        $"{call} answered with {(found is null ? "nothing" : found.GetType().Name)} where {expected} is expected. This program and this " +
        "Spark do not fit; see the supported versions.");

    public static SparkException Rejected(string call, string text) => new(
        SparkCodes.CallRejected,
        $"Spark's gateway rejected {call}: {Shown(text.Split('\n')[0])}. This program and this Spark do not fit; see the supported " +
        "versions.");

    private static string Shown(string text) =>
        text.Length <= ShownText ? text : $"{text.AsSpan(0, ShownText)}… ({text.Length} characters)";
}
