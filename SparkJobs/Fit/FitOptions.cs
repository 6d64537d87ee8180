using System.Text.Json.Nodes;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Fit;

/// <summary>What <c>fit</c> is asked for.</summary>
internal sealed record FitOptions
{
    /// <summary>The rows: files, folders or patterns, in the order in which they count.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>What of a folder is read.</summary>
    public FolderRequest Folder { get; init; } = new();

    /// <summary>Folders of a bucket among <see cref="Inputs"/>, their files copied.</summary>
    public IReadOnlyDictionary<string, FolderTable> Copied { get; init; } = new Dictionary<string, FolderTable>(StringComparer.Ordinal);

    /// <summary>The columns of labels; most losses have one.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The column of weights; null for none.</summary>
    public string? Weight { get; init; }

    /// <summary>Columns that the model does not know.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Columns of categories.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>SQL that is true of the rows that count; null for all.</summary>
    public string? Where { get; init; }

    /// <summary>SQL that is true of rows that are measured on and not learned from; null for none.</summary>
    public string? EvalWhere { get; init; }

    /// <summary>Further tables to measure on, an eval set each.</summary>
    public IReadOnlyList<string> EvalInputs { get; init; } = [];

    /// <summary>Columns that raw values start from, one per output; none: from one constant.</summary>
    public IReadOnlyList<string> Baseline { get; init; } = [];

    /// <summary>A model to go on from; null for none.</summary>
    public string? InitModel { get; init; }

    /// <summary>Where the log files go; null for nowhere.</summary>
    public string? TrainDir { get; init; }

    /// <summary>The file that keeps the state of the training; null for none.</summary>
    public string? Snapshot { get; init; }

    /// <summary>Seconds between two writes of the state; null: ten minutes.</summary>
    public double? SnapshotInterval { get; init; }

    /// <summary>Seconds after which the training ends with the trees so far; null: never.</summary>
    public double? TimeLimit { get; init; }

    /// <summary>CatBoost's parameters.</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>The model's file.</summary>
    public required string Output { get; init; }

    /// <summary>True: a file that is there may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>What stands between the cells of a text input; null for what its ending says.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Threads; they change no bit.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Memory for DuckDB in MiB.</summary>
    public int MemoryMiB { get; init; } = 2048;

    /// <summary>Who reads Parquet; the model is the same.</summary>
    public ReaderChoice Reader { get; init; }
}
