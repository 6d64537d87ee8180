using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Hosting;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>What a command says at its end: the same facts for people and for programs.</summary>
/// <param name="ExitCode">The exit status.</param>
/// <param name="Lines">For people, on standard output.</param>
/// <param name="Json">For programs, on standard output; null when the job itself wrote there.</param>
internal sealed record JobOutcome(ExitCode ExitCode, IReadOnlyList<string> Lines, JsonObject? Json)
{
    /// <summary>What people should know besides, on standard error.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What a driver elsewhere has said.</summary>
    public static JobOutcome Of(CommandOutcome outcome) =>
        new((ExitCode)outcome.ExitCode, outcome.Lines, outcome.Json) { Notes = outcome.Notes };

    public CommandOutcome ToCommandOutcome() => new((int)ExitCode, Lines, Notes, Json);

    public static JobOutcome Ok(JsonObject json, params IReadOnlyList<string> lines) => new(ExitCode.Ok, lines, json);
}
