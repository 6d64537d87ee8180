namespace BatchScoring.Spark;

/// <summary>An exception that code in the driver JVM threw, such as a failed or cancelled job.</summary>
/// <param name="javaClass">Full name of the exception's class.</param>
/// <param name="javaMessage">Its message; empty when it has none.</param>
/// <param name="javaStackTrace">Its stack trace with its causes, as Java prints it.</param>
public sealed class JavaException(string javaClass, string javaMessage, string javaStackTrace)
    : SparkException(SparkCodes.Failed, Compose(javaClass, javaMessage))
{
    /// <summary>Full name of the exception's class, for example <c>org.apache.spark.SparkException</c>.</summary>
    public string JavaClass { get; } = javaClass;

    /// <summary>Its message as Java has it, for a failed job with the stack trace of the task; empty when it has none.</summary>
    public string JavaMessage { get; } = javaMessage;

    /// <summary>Its stack trace with its causes, as Java prints it.</summary>
    public string JavaStackTrace { get; } = javaStackTrace;

    /// <summary>The message without the lines of stack traces: for people.</summary>
    public string Reason { get; } = WithoutFrames(javaMessage);

    private static string Compose(string javaClass, string javaMessage) =>
        WithoutFrames(javaMessage) is { Length: > 0 } reason ? $"{javaClass}: {reason}" : javaClass;

    private static string WithoutFrames(string message) => string.Join('\n', message
        .Split("\nDriver stacktrace:", 2)[0].Split('\n')
        .Where(line => !line.StartsWith("\tat ", StringComparison.Ordinal) && !line.StartsWith("\t... ", StringComparison.Ordinal))).Trim();
}
