namespace BatchScoring.Core;

/// <summary>
/// What a command's exit status says. Where a launcher turns every failure into 1 (YARN cluster mode), the run record says it.
/// </summary>
public enum ExitCode
{
    /// <summary>Done, or nothing to do.</summary>
    Ok = 0,

    /// <summary>The run failed; asking again may or may not help, the message says which.</summary>
    Failed = 2,

    /// <summary>The result came after the agreed window.</summary>
    Late = 3,

    /// <summary>A quality gate holds the result; nothing was published.</summary>
    Held = 4,

    /// <summary>The command line cannot be understood.</summary>
    Usage = 64,

    /// <summary>The input data cannot be used as it is.</summary>
    InputUnusable = 65,

    /// <summary>A service (object store, cluster, mail) could not be reached.</summary>
    Unreachable = 69,

    /// <summary>Disk or I/O failed.</summary>
    Io = 74,

    /// <summary>Not ready yet: the same command will work later.</summary>
    TryLater = 75,

    /// <summary>Credentials or permissions do not allow it.</summary>
    NotAllowed = 77,

    /// <summary>The configuration is wrong.</summary>
    Configuration = 78,

    /// <summary>Interrupted by a signal.</summary>
    Interrupted = 130,
}
