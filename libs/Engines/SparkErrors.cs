using BatchScoring.Core;
using BatchScoring.Spark;

namespace BatchScoring.Engines;

/// <summary>What the errors of libs/Spark, which knows nothing of processes, mean for one.</summary>
#pragma warning disable CS1591 // Each code's cause, which the errors page shows, is its documentation.
public static class SparkErrors
{
    public static ErrorCode GatewayMissing { get; } = new(SparkCodes.GatewayMissing, ExitCode.Usage,
        "The program was not started by spark-submit, or with Spark Connect (`spark.remote`), which opens no gateway. The text "
        + "shows how to start it.");

    public static ErrorCode GatewayUnreachable { get; } = new(SparkCodes.GatewayUnreachable, ExitCode.Unreachable,
        "Nothing answers at the gateway's port: the driver JVM has ended. Look at its log.", RetryHelps: true);

    public static ErrorCode GatewayRefused { get; } = new(SparkCodes.GatewayRefused, ExitCode.NotAllowed,
        "The gateway's secret belongs to another driver. Start the program by spark-submit, each time anew.");

    public static ErrorCode GatewayLost { get; } = new(SparkCodes.GatewayLost, ExitCode.Unreachable,
        "The driver JVM ended while a call was waiting: killed, or out of memory. Look at its log, raise `--driver-memory`.",
            RetryHelps: true);

    public static ErrorCode GatewayClosed { get; } = new(SparkCodes.GatewayClosed, ExitCode.Interrupted,
        "The program closed its session while a call was waiting.", RetryHelps: true);

    public static ErrorCode Protocol { get; } = new(SparkCodes.Protocol, ExitCode.Failed,
        "Spark's gateway sent what its protocol does not allow, or more than is taken at once. Use a supported Spark version.");

    public static ErrorCode CallRejected { get; } = new(SparkCodes.CallRejected, ExitCode.Failed,
        "Spark does not have a class or method that this program calls. Use a supported Spark version.");

    public static ErrorCode Failed { get; } = new(SparkCodes.Failed, ExitCode.Failed,
        "Spark itself failed: a query, or a job whose tasks failed too often or that was cancelled. Spark's own text follows.",
            RetryHelps: true);

    /// <summary>What such an error means for a process.</summary>
    /// <param name="error">The library's own error.</param>
    public static ErrorCode Of(SparkException error) => Array.Find(All(), code => code.Name == error.Code)
        ?? throw new InvalidOperationException($"{error.Code} stands in no catalogue.", error);

    private static ErrorCode[] All() =>
        [GatewayMissing, GatewayUnreachable, GatewayRefused, GatewayLost, GatewayClosed, Protocol, CallRejected, Failed];
}
