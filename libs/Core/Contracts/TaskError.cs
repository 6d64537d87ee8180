namespace BatchScoring.Core;

/// <summary>Why a task did not end well.</summary>
/// <param name="Code">Stable code, listed in docs/operate/errors.md.</param>
/// <param name="Message">The text for people: what failed, found, allowed, where, what to do.</param>
/// <param name="Transient">True when a retry may help.</param>
/// <param name="ExitCode">The exit status that fits the error; 2 when nothing was said.</param>
public sealed record TaskError(string Code, string Message, bool Transient = false, int ExitCode = (int)Core.ExitCode.Failed)
{
    /// <summary>What is known of an error, for another process.</summary>
    public static TaskError Of(BatchScoringException e) => Of(e.Error, e.Message);

    /// <summary>An error of a catalogue, for another process.</summary>
    /// <param name="error">What kind of error.</param>
    /// <param name="message">The text for people.</param>
    public static TaskError Of(ErrorCode error, string message) => new(error.Name, message, error.RetryHelps, (int)error.ExitCode);

    /// <summary>The kind of error that another process named; equal to the catalogue's where this program has the same code.</summary>
    public ErrorCode ToErrorCode() => new(Code, (ExitCode)ExitCode, "", Transient);
}
