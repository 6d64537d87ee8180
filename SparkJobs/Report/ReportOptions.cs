namespace BatchScoring.SparkJobs.Report;

/// <summary>What the user asked of <c>report</c>.</summary>
internal sealed record ReportOptions
{
    /// <summary>The revision; null for the highest finished one.</summary>
    public int? Revision { get; init; }

    /// <summary>A local file for the page, besides the store's.</summary>
    public string? Output { get; init; }

    /// <summary>A local folder for the charts as images.</summary>
    public string? Charts { get; init; }

    /// <summary>Local files may be replaced.</summary>
    public bool Overwrite { get; init; }

    public bool Open { get; init; }

    public bool DryRun { get; init; }
}
