namespace BatchScoring.DuckDb;

/// <summary>How a database is opened.</summary>
public sealed record DuckOptions
{
    /// <summary>The database file; null, the default, keeps everything in memory.</summary>
    public string? Path { get; init; }

    /// <summary>Threads that one query may use, 1 or more; null, the default, takes all cores.</summary>
    public int? Threads { get; init; }

    /// <summary>What DuckDB's buffers may hold, in MiB; null, the default, takes DuckDB's own limit (80 % of the memory).</summary>
    /// <remarks>A soft limit: reading Parquet with large footers goes beyond it.</remarks>
    public int? MemoryLimitMiB { get; init; }

    /// <summary>The folder within which DuckDB may spill what does not fit, into one that is this database's alone; null, the default,
    /// forbids it for a database in memory: beyond the limit a query fails with <see cref="DuckDbErrorKind.Memory"/>.</summary>
    public string? TempDirectory { get; init; }
}
