using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Ledger;

/// <summary>What can be wrong with the ledger.</summary>
#pragma warning disable CS1591 // Each code's cause, which the errors page shows, is its documentation.
public static class LedgerErrors
{
    public static ErrorCode Lost { get; } = new("LEDGER_LOST", ExitCode.Configuration,
        "The ledger is not where it was. Beginning a new one would run again what has run: put the file back (`dispatcher backup` made "
        + "copies), or remove the `.id` file beside it to begin anew.");

    public static ErrorCode Foreign { get; } = new("LEDGER_FOREIGN", ExitCode.Configuration,
        "The file is a ledger of another dispatcher, of a newer version, or no ledger at all. The text says which.");

    public static ErrorCode Damaged { get; } = new("LEDGER_DAMAGED", ExitCode.Io,
        "SQLite's check of the ledger found damage. Put a backup in its place; what ran since then is found again by its run ids.");

    public static ErrorCode ReadOnly { get; } = new("LEDGER_READ_ONLY", ExitCode.NotAllowed,
        "The ledger cannot be written. Give the dispatcher's user the right to write the file and its folder.");

    public static ErrorCode Unavailable { get; } = new("LEDGER_UNAVAILABLE", ExitCode.Io,
        "SQLite could not read or write the ledger: the disk is full or fails, or another program holds it. Its own text follows.",
        RetryHelps: true);

    public static ErrorCode NotLeader { get; } = new("LEDGER_NOT_LEADER", ExitCode.TryLater,
        "Another dispatcher leads. This one stopped what it was doing and waits.", RetryHelps: true);

    /// <summary>True for what is over when there is room again, or when another program lets go.</summary>
    internal static bool MayPass(BatchScoringException error) => error.Is(Unavailable) || error.Is(ReadOnly);

    public static ErrorCode PipelineUnknown { get; } = new("PIPELINE_UNKNOWN", ExitCode.Usage,
        "No file of the pipelines' folder has this name.");

    public static ErrorCode RunUnknown { get; } = new("RUN_UNKNOWN", ExitCode.Usage,
        "No run of the ledger has this id. `dispatcher history` lists them.");

    public static ErrorCode RunExists { get; } = new("RUN_EXISTS", ExitCode.InputUnusable,
        "This pipeline has a run of this date already. Ask for the next revision with a reason, or retry the one that is there.");

    public static ErrorCode RequestInvalid { get; } = new("REQUEST_INVALID", ExitCode.Usage,
        "What was asked for cannot be: a span that ends before it begins or is too long, a parameter that the pipeline does not have.");

    public static ErrorCode RunState { get; } = new("RUN_STATE", ExitCode.InputUnusable,
        "The run is not in a state in which this can be asked: one that goes on cannot be retried, one that ended cannot be cancelled.");
}
