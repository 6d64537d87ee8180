namespace BatchScoring.Engines;

/// <summary>How much of this machine the embedded engine may use.</summary>
public sealed record EmbeddedEngineOptions
{
    /// <summary>Tasks that run at once, each with the header's threads. Default: one per processor.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Memory for DuckDB in MiB when it runs SQL; beyond it DuckDB spills into TMPDIR. Default: 2,048.</summary>
    public int SqlMemoryMiB { get; init; } = 2048;

    /// <summary>Tries of a task after the first one when it fails for a reason that may pass. Default: 3; 0 switches retries off.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>Wait before the first retry; doubled for each further one. Default: half a second.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);
}
