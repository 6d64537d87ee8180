namespace BatchScoring.Core;

/// <summary>
/// Base of every error that a user may meet. The message says what failed, what was found, what is allowed, where, and what to do;
/// bugs stay <see cref="ArgumentException"/> and <see cref="InvalidOperationException"/>.
/// </summary>
/// <param name="code">Stable code, upper case with underscores, listed in docs/operate/errors.md.</param>
/// <param name="exitCode">What the process answers when nobody handles this error.</param>
/// <param name="message">The text for people.</param>
/// <param name="transient">True when the same request may succeed later without any change.</param>
/// <param name="inner">The cause, if another error was one.</param>
public class BatchScoringException(
    string code, ExitCode exitCode, string message, bool transient = false, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Stable code, for example <c>INPUT_UNSEALED</c>.</summary>
    public string Code { get; } = code;

    /// <summary>The exit status that fits this error.</summary>
    public ExitCode ExitCode { get; } = exitCode;

    /// <summary>True when the same request may succeed later without any change.</summary>
    public bool Transient { get; } = transient;
}
