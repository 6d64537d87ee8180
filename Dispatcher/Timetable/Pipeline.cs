using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Mail;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>One file of pipelines/: when it runs, what it does, until when it must be done.</summary>
/// <param name="Name">The file's name without its ending; also the first part of every run's id, so lower case.</param>
/// <param name="Description">One sentence for people, or empty.</param>
/// <param name="Schedule">When it is due; null: only when somebody asks.</param>
/// <param name="Window">What was promised, in local times of the run's date.</param>
/// <param name="CatchUp">How many missed firings run after a pause of the dispatcher: 0 none, 1 the last, N at most that many.</param>
/// <param name="Overlap">What happens to a firing while an earlier run goes on.</param>
/// <param name="Parameters">Names and values that steps may use as <c>{name}</c>.</param>
/// <param name="Steps">What it does; a step stands after the steps it waits for.</param>
/// <param name="Text">The file's text: a run keeps the definition that it began with, in the ledger.</param>
/// <param name="Fingerprint">SHA-256 of the text, in hexadecimal.</param>
internal sealed record Pipeline(
    string Name, string Description, Schedule? Schedule, Window Window, int CatchUp, Overlap Overlap,
    IReadOnlyDictionary<string, string> Parameters, IReadOnlyList<Step> Steps, string Text, string Fingerprint)
{
    /// <summary>Who hears of its ends.</summary>
    public IReadOnlyList<MailGroup> Mail { get; init; } = [];
}

/// <summary>What happens to a firing while an earlier run of the pipeline goes on.</summary>
internal enum Overlap
{
    /// <summary>The firing is a row with its reason and nothing runs.</summary>
    Skip,

    /// <summary>It waits; of several that wait, the newest stays, the others are skipped with their reason.</summary>
    Queue,
}

/// <summary>
/// What was promised for a run, each as a time after local midnight of the run's date (it may lie beyond 24 hours). Null: not promised.
/// </summary>
/// <param name="NotBefore">No step begins earlier.</param>
/// <param name="StartBy">Later than this without a started step is an alarm.</param>
/// <param name="DeliverBy">Later than this the run is late.</param>
internal sealed record Window(TimeSpan? NotBefore, TimeSpan? StartBy, TimeSpan? DeliverBy)
{
    /// <summary>What conditions call the window, as if it were a step.</summary>
    public const string Asked = "window";

    /// <summary>Parameters of the shorter way, which is gone when the usual one would end too late; null: there is no such way.</summary>
    public IReadOnlyDictionary<string, string>? WhenShort { get; init; }

    /// <summary>A run that cannot be done in time any more is not begun.</summary>
    public bool SkipsHopeless { get; init; }
}

/// <summary>One thing that a pipeline does.</summary>
/// <param name="Name">Unique in its pipeline, lower case.</param>
/// <param name="Kind">Which step kind does it, for example <c>submit</c>.</param>
/// <param name="Settings">What the kind reads, as the file has it, words with <c>{date}</c> not yet filled in.</param>
/// <param name="After">
/// Steps that must have ended before. Where the file says nothing: the step before it; for one that runs on failure or always, all
/// steps before it.
/// </param>
/// <param name="When">Which ends of those let it begin.</param>
/// <param name="Condition">A further condition on their verdicts or figures, or null.</param>
/// <param name="Deadline">How long one attempt may take, or null.</param>
/// <param name="Retries">How often it is tried again.</param>
internal sealed record Step(
    string Name, string Kind, JsonObject Settings, IReadOnlyList<string> After, StepWhen When, Condition? Condition, TimeSpan? Deadline,
    Retries Retries)
{
    /// <summary>The promise is about the result: clean-up and mails may come after it.</summary>
    public bool Delivers => When == StepWhen.Success && Kind != "mail";
}

/// <summary>Which ends of the steps before let a step begin.</summary>
internal enum StepWhen
{
    /// <summary>All succeeded.</summary>
    Success,

    /// <summary>At least one step of the run failed, was held or is late.</summary>
    Failure,

    /// <summary>Whatever happened, also after a cancel: clean-up.</summary>
    Always,
}

/// <summary>How often a step is tried again, and after how long: <paramref name="Wait"/> doubles each time up to an hour.</summary>
internal sealed record Retries(int Count, TimeSpan Wait);
