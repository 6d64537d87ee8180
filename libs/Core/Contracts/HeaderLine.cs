namespace BatchScoring.Core;

/// <summary>The first line on a runner's stdin: what all of its splits share. The only place where credentials travel.</summary>
public sealed record HeaderLine
{
    /// <summary>The version of header, split and task results that this program speaks.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of the line formats.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The attempt that these tasks work for.</summary>
    public required string Attempt { get; init; }

    /// <summary>The attempt's folder, ending in a slash: staging, quarantine and error objects go there.</summary>
    public required string AttemptFolder { get; init; }

    /// <summary>The root of all keys: an absolute folder, or <c>s3://bucket/prefix</c>.</summary>
    public required StoreOptions Store { get; init; }

    /// <summary>Credentials for the store; null means the process's own (instance, environment) or none needed.</summary>
    public StoreCredentials? Credentials { get; init; }

    /// <summary>Threads that one task may use; at least 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Memory that the process may use, in MiB; bounds what DuckDB is given.</summary>
    public int MemoryMib { get; init; } = 1024;

    /// <summary>When an object with this key appears, the runner ends; null when nothing will ever stop it this way.</summary>
    public string? StopKey { get; init; }
}
