namespace BatchScoring.Core;

/// <summary>Why a task did not end well.</summary>
/// <param name="Code">Stable code, listed in docs/operate/errors.md.</param>
/// <param name="Message">The text for people: what failed, found, allowed, where, what to do.</param>
/// <param name="Transient">True when a retry may help.</param>
/// <param name="ExitCode">The exit status that fits the error; 2 when nothing was said.</param>
public sealed record AnswerError(string Code, string Message, bool Transient = false, int ExitCode = (int)Core.ExitCode.Failed)
{
    /// <summary>What is known of an error, for another process.</summary>
    public static AnswerError Of(BatchScoringException e) => new(e.Code, e.Message, e.Transient, (int)e.ExitCode);
}
