using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.Statistics;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>What a person is told of an error; null from <see cref="Of"/> means a bug, which keeps its stack trace.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="ExitCode">The exit status.</param>
/// <param name="Message">The text for people.</param>
/// <param name="Transient">True when the same command may succeed later.</param>
internal sealed record ErrorText(string Code, ExitCode ExitCode, string Message, bool Transient = false)
{
    public static ErrorText? Of(Exception error) => error switch
    {
        BatchScoringException e => new ErrorText(e.Code, e.ExitCode, e.Message, e.Transient),
        OperationCanceledException => new ErrorText("INTERRUPTED", ExitCode.Interrupted, "Interrupted. Repeat the command: it finishes what was begun or does nothing.", Transient: true),
        ModelException e => new ErrorText(e.Code, ExitCode.InputUnusable, e.Message),
        StatisticsException e => new ErrorText(e.Code, ExitCode.InputUnusable, e.Message),
        DuckDbException e => DuckFailure.Text(e),
        UnauthorizedAccessException e => new ErrorText("FILE_NOT_ALLOWED", ExitCode.NotAllowed, e.Message),
        FileNotFoundException e => new ErrorText("FILE_NOT_FOUND", ExitCode.InputUnusable, e.Message),
        IOException e => new ErrorText("FILE_IO", ExitCode.Io, e.Message),
        _ => null,
    };

    public string ToText() => $"error {Code}: {Message}";

    public JsonObject ToJson() => new()
    {
        ["error"] = new JsonObject { ["code"] = Code, ["exit_code"] = (int)ExitCode, ["message"] = Message },
    };
}
