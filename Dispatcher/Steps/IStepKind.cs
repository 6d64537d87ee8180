using System.Text.Json.Nodes;

namespace BatchScoring.Dispatcher.Steps;

/// <summary>One kind of work that a step may do: the seam behind which new kinds plug in.</summary>
internal interface IStepKind
{
    /// <summary>What <c>check</c>, the schema and the pages know of it.</summary>
    StepKindInfo Info { get; }

    /// <summary>
    /// Does the attempt, or goes on with it: the dispatcher may have died after an earlier call for the same attempt, so what was begun must
    /// be found again by <see cref="StepWork.AttemptId"/> and never be begun twice. Cancelling stops the work itself and waits for its end.
    /// </summary>
    Task<StepAnswer> RunAsync(StepWork work, CancellationToken cancellation);
}

/// <summary>One attempt of a step.</summary>
/// <param name="RunId">The run, for example <c>app.2026-11-28.r1</c>: lower case, at most 100 characters, safe as file name and YARN tag.</param>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Date">The run date.</param>
/// <param name="Step">The step's name.</param>
/// <param name="Attempt">1 for the first.</param>
/// <param name="Fence">The leader's number: what is done elsewhere carries it, and is refused there when it is older than another seen.</param>
/// <param name="Settings">What the pipeline file says, with its words filled in.</param>
/// <param name="Tell">Tells people how far it is; may be called often.</param>
internal sealed record StepWork(
    string RunId, string Pipeline, DateOnly Date, string Step, int Attempt, long Fence, JsonObject Settings, Action<StepProgress> Tell)
{
    /// <summary>Names the attempt everywhere: <c>app.2026-11-28.r1.score.1</c>.</summary>
    public string AttemptId => $"{RunId}.{Step}.{Attempt}";

    /// <summary>The attempt's span, as W3C writes it, for jobs that send spans of their own; null where nobody takes any.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>How far an attempt is.</summary>
/// <param name="Text">One line for people, or null.</param>
/// <param name="Share">0 to 1, or null where it is not known.</param>
/// <param name="Handle">What the work is called where it runs (host, YARN application), or null.</param>
internal sealed record StepProgress(string? Text, double? Share = null, string? Handle = null);

/// <summary>How an attempt ended.</summary>
/// <param name="End">The verdict.</param>
/// <param name="Text">One line for people: on failure the cause, and what to do.</param>
/// <param name="Code">The stable code of an error, or null.</param>
/// <param name="Figures">What conditions, mails and pages may use: rows, seconds …</param>
/// <param name="RetryHelps">On failure: false where the same attempt would fail again.</param>
internal sealed record StepAnswer(StepEnd End, string Text, string? Code = null, JsonObject? Figures = null, bool RetryHelps = false);

/// <summary>The verdict on a step.</summary>
internal enum StepEnd
{
    Succeeded,
    Failed,

    /// <summary>A quality gate holds the result; it is not tried again.</summary>
    Held,

    /// <summary>Done, after the window.</summary>
    Late,
    Cancelled,
}

/// <summary>What is known of a step kind without running it.</summary>
/// <param name="Name">As pipeline files write it.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Keys">What may stand below it.</param>
internal sealed record StepKindInfo(string Name, string Description, IReadOnlyList<StepKey> Keys);

/// <summary>One key of a step kind.</summary>
internal sealed record StepKey(string Name, StepKeyType Type, bool Required, string Description);

/// <summary>What a key's value is.</summary>
internal enum StepKeyType
{
    Text,
    Number,
    Switch,

    /// <summary>Like <c>90s</c>, <c>2h</c>.</summary>
    Duration,

    /// <summary>A list of texts; one text is a list of one.</summary>
    Texts,

    /// <summary>A list of words; one text is a line for sh, in which parameters stand as variables.</summary>
    Command,

    /// <summary>Names and texts.</summary>
    Map,

    /// <summary>The name of a host of dispatcher.yaml.</summary>
    Host,
}
