namespace BatchScoring.Core;

/// <summary>
/// Base of every error that a user may meet. The message says what failed, what was found, what is allowed, where, and what to do;
/// bugs stay <see cref="ArgumentException"/> and <see cref="InvalidOperationException"/>.
/// </summary>
public class BatchScoringException : Exception
{
    /// <summary>Makes an error of a catalogue; exit status and retry advice are the code's.</summary>
    /// <param name="error">What kind of error.</param>
    /// <param name="message">The text for people.</param>
    /// <param name="inner">The cause, if another error was one.</param>
    public BatchScoringException(ErrorCode error, string message, Exception? inner = null) : base(message, inner) => Error = error;

    /// <summary>What kind of error.</summary>
    public ErrorCode Error { get; }

    /// <summary>The stable name of <see cref="Error"/>, for example <c>INPUT_UNSEALED</c>.</summary>
    public string Code => Error.Name;

    /// <summary>The exit status that fits this error.</summary>
    public ExitCode ExitCode => Error.ExitCode;

    /// <summary>True when the same request may succeed later without any change.</summary>
    public bool Transient => Error.RetryHelps;

    /// <summary>True when this error is of one of these kinds.</summary>
    /// <param name="any">Codes of the catalogues.</param>
    public bool Is(params ReadOnlySpan<ErrorCode> any) => any.Contains(Error);
}
