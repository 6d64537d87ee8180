using BatchScoring.Core;
using BatchScoring.Engines;
using BatchScoring.Storage;
using Microsoft.Extensions.Logging;

namespace BatchScoring.Runs;

/// <summary>What every run works with: where data lies, what does the work, how much of the machine it may use.</summary>
/// <remarks>Made once per command, by the program; thread safe.</remarks>
public interface IRunContext
{
    /// <summary>The store under the root.</summary>
    /// <exception cref="BatchScoringException">There is no root, or it cannot be opened.</exception>
    IObjectStore Store { get; }

    /// <summary>How tasks find the same store.</summary>
    StoreOptions StoreOptions { get; }

    /// <summary>Credentials that travel to tasks in their header line; null where none are needed.</summary>
    StoreCredentials? Credentials { get; }

    /// <summary>Does the work; where it is a cluster, the first use waits for it.</summary>
    IEngine Engine { get; }

    /// <summary>Threads that planning may use.</summary>
    int Threads { get; }

    /// <summary>Memory that a task, or planning, may use, in MiB.</summary>
    int MemoryMib { get; }

    /// <summary>Clock of records and pauses.</summary>
    TimeProvider Time { get; }

    /// <summary>When the command began (UTC); what comes before the work is planning.</summary>
    DateTimeOffset Started { get; }

    /// <summary>Takes log messages; quiet unless somebody asked.</summary>
    ILogger Log { get; }

    /// <summary>Told how far the work is.</summary>
    IProgressDisplay Progress { get; }

    /// <summary>Name, version and commit of the program.</summary>
    string Program { get; }

    /// <summary>What a record says of an error; null for a bug.</summary>
    TaskError? Explain(Exception error);
}
