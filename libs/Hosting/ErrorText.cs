using System.Text.Json.Nodes;
using BatchScoring.Core;

namespace BatchScoring.Hosting;

/// <summary>What a person, or a program, is told of an error.</summary>
/// <param name="Error">What kind of error.</param>
/// <param name="Message">The text for people.</param>
public sealed record ErrorText(ErrorCode Error, string Message)
{
    /// <summary>The stable name of <see cref="Error"/>.</summary>
    public string Code => Error.Name;

    /// <summary>The exit status that fits.</summary>
    public ExitCode ExitCode => Error.ExitCode;

    /// <summary>True when the same command may succeed later.</summary>
    public bool Transient => Error.RetryHelps;

    /// <summary>What every program knows: our own errors, an interruption, the local disk. Null: a bug, or an error of a library that only
    /// the program knows.</summary>
    /// <param name="error">What was thrown.</param>
    public static ErrorText? Of(Exception error) => error switch
    {
        BatchScoringException e => new ErrorText(e.Error, e.Message),
        OperationCanceledException =>
            new ErrorText(HostErrors.Interrupted, "Interrupted. Repeat the command: it finishes what was begun or does nothing."),
        AggregateException { InnerException: { } inner } => Of(inner),
        UnauthorizedAccessException e => new ErrorText(HostErrors.FileNotAllowed, e.Message),
        FileNotFoundException or DirectoryNotFoundException => new ErrorText(HostErrors.FileNotFound, error.Message),
        IOException e => new ErrorText(HostErrors.FileIo, e.Message),
        _ => null,
    };

    /// <summary>One line for standard error.</summary>
    public string ToText() => $"error {Code}: {Message}";

    /// <summary>The object that <c>--format json</c> gives.</summary>
    public JsonObject ToJson() => new()
    {
        ["error"] = new JsonObject { ["code"] = Code, ["exit_code"] = (int)ExitCode, ["message"] = Message },
    };
}
