namespace BatchScoring.Spark;

/// <summary>The codes that a <see cref="SparkException"/> carries; docs/operate/errors.md explains each.</summary>
public static class SparkCodes
{
    /// <summary>The program was not started by spark-submit.</summary>
    public const string GatewayMissing = "SPARK_GATEWAY_MISSING";

    /// <summary>Nothing listens at the gateway's port.</summary>
    public const string GatewayUnreachable = "SPARK_GATEWAY_UNREACHABLE";

    /// <summary>The gateway does not accept the secret.</summary>
    public const string GatewayRefused = "SPARK_GATEWAY_REFUSED";

    /// <summary>The connection to the driver JVM ended in the middle of something.</summary>
    public const string GatewayLost = "SPARK_GATEWAY_LOST";

    /// <summary>This program closed the session while a call was waiting, or before it was made.</summary>
    public const string GatewayClosed = "SPARK_GATEWAY_CLOSED";

    /// <summary>The gateway's answer is not what its protocol allows.</summary>
    public const string Protocol = "SPARK_PROTOCOL";

    /// <summary>The gateway does not know a class, method or object: a Spark version that this program does not fit.</summary>
    public const string CallRejected = "SPARK_CALL_REJECTED";

    /// <summary>Spark's own code threw: a query or job failed, was cancelled, or was given something wrong.</summary>
    public const string Failed = "SPARK_FAILED";
}
