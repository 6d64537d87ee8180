using BatchScoring.Tables;

namespace BatchScoring.Scoring;

/// <summary>Which rows a <see cref="TableScorer"/> scores, and how.</summary>
public sealed record TableScorerOptions
{
    /// <summary>The files, one or more.</summary>
    public required TableFiles Files { get; init; }

    /// <summary>What a bad row means: makes a validator for a part of the file. Called by several threads. The validator refuses
    /// rows or lets them pass; it sets none aside but those that are gone from the table.</summary>
    public required Func<TableFile, IRowValidator> Validator { get; init; }

    /// <summary>What messages call a file.</summary>
    public Func<string, string> Shown { get; init; } = file => file;

    /// <summary>A column that names the row; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>True where keys are wanted as text whatever they are.</summary>
    public bool KeyAsText { get; init; }

    /// <summary>What stands between the cells of text; null for what the file's ending says.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Threads that read and score, 1 or more.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Memory for DuckDB in MiB, of all threads together.</summary>
    public int MemoryMiB { get; init; } = 2048;

    /// <summary>Who reads Parquet; the predictions are the same.</summary>
    public ReaderChoice Reader { get; init; }
}
