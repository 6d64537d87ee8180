namespace BatchScoring.Spark;

/// <summary>Spark or the gateway to it could not be used. What Spark's own code threw is a <see cref="JavaException"/>.</summary>
/// <param name="code">Stable code, one of <see cref="SparkCodes"/>.</param>
/// <param name="message">What failed, what was found, where, and what to do; never holds the gateway's secret.</param>
/// <param name="inner">The cause, if another error was one.</param>
public class SparkException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Stable code, one of <see cref="SparkCodes"/>.</summary>
    public string Code { get; } = code;
}
