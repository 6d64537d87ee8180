using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Hosting;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>
/// All that a command says at its end. A driver on a cluster leaves it in the store, where <c>submit</c> finds it: no exit status and no
/// standard output survives every way that a cluster has.
/// </summary>
/// <param name="ExitCode">The exit status.</param>
/// <param name="Lines">Standard output, for people.</param>
/// <param name="Notes">Standard error.</param>
/// <param name="Json">Standard output, for programs; null when the job itself wrote there.</param>
internal sealed record CommandOutcome(int ExitCode, IReadOnlyList<string> Lines, IReadOnlyList<string> Notes, JsonObject? Json)
{
    public static CommandOutcome Of(JobOutcome outcome) => new((int)outcome.ExitCode, outcome.Lines, outcome.Notes, outcome.Json);

    public static CommandOutcome Of(ErrorText error) => new((int)error.ExitCode, [], [error.ToText()], error.ToJson());

    public JobOutcome ToOutcome() => new((ExitCode)ExitCode, Lines, Json) { Notes = Notes };
}
