using BatchScoring.Models;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Predict;

/// <summary>What <c>predict</c> is asked for.</summary>
internal sealed record PredictOptions
{
    /// <summary>The model's file.</summary>
    public required string Model { get; init; }

    /// <summary>A Parquet, CSV or TSV file, a folder, or a pattern; <c>-</c> is standard input.</summary>
    public required string Input { get; init; }

    /// <summary>What of a folder is scored.</summary>
    public FolderRequest Folder { get; init; } = new();

    /// <summary>The folder of a bucket that <see cref="Input"/> names, its files copied; null where it names something here.</summary>
    public FolderTable? Copied { get; init; }

    /// <summary>A Parquet, CSV or TSV file; <c>-</c> is standard output as CSV.</summary>
    public required string Output { get; init; }

    /// <summary>What to tell about a row, in this order.</summary>
    public IReadOnlyList<PredictionType> Types { get; init; } = [PredictionType.RawFormulaVal];

    /// <summary>A column of the input that names the row and goes into the output; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>What stands between the cells of a text input; null for what its ending says.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Threads that read and score.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Memory for DuckDB in MiB, of all threads together.</summary>
    public int MemoryMiB { get; init; } = 2048;

    /// <summary>True: a file that is there may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Who reads Parquet; the answers are the same.</summary>
    public ReaderChoice Reader { get; init; }

    /// <summary>True checks everything and writes nothing.</summary>
    public bool DryRun { get; init; }
}
