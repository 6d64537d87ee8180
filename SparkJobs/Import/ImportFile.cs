using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Import;

/// <summary>A file to import.</summary>
/// <param name="Path">Where its rows are read from.</param>
/// <param name="Shown">What messages call it, and where it lies: absolute.</param>
internal sealed record ImportFile(string Path, string Shown)
{
    /// <summary>The table that it is of; null for a file that was named itself.</summary>
    public FolderTable? Table { get; init; }

    /// <summary>The file as the table knows it.</summary>
    public FolderFile? InTable { get; init; }

    /// <summary>
    /// What of its rows does not stand in the file itself: columns out of a log or path, rows that are gone; empty for nothing.
    /// </summary>
    public string Beside { get; init; } = "";
}

/// <summary>A name that <c>import</c> was given.</summary>
/// <param name="Path">A local file or folder.</param>
/// <param name="Copied">The folder of a bucket, its files copied; null for what lies here.</param>
internal sealed record ImportSource(string Path, FolderTable? Copied = null);
