using BatchScoring.Core;
using BatchScoring.Parquet;

namespace BatchScoring.Tables;

/// <summary>What to read of a table.</summary>
public sealed record SplitReadRequest
{
    /// <summary>A local file: Parquet, or CSV when the reader is opened for it.</summary>
    public required string Path { get; init; }

    /// <summary>The same file, where its bytes are still on their way; its readers wait for them.</summary>
    public ArrivingFile? Arriving { get; init; }

    /// <summary>What messages call the file, where that is not the path.</summary>
    public string? DisplayName { get; init; }

    /// <summary>What stands between the cells of a text table; null for what the file's ending says.</summary>
    public char? Delimiter { get; init; }

    /// <summary>First row, from 0.</summary>
    public long FirstRow { get; init; }

    /// <summary>How many rows; null reads to the end of the file.</summary>
    public long? Rows { get; init; }

    /// <summary>The columns to read; they come as <see cref="ISplitReader.Block"/> in this order.</summary>
    public IReadOnlyList<ColumnRequest> Columns { get; init; } = [];

    /// <summary>The key column; null reads none.</summary>
    public string? Key { get; init; }

    /// <summary>True yields the key as VARCHAR whatever it is, as DuckDB writes it.</summary>
    public bool KeyAsText { get; init; }

    /// <summary>Columns that others will read of the same rows: their pages are checked along.</summary>
    public IReadOnlyList<string> ReadElsewhere { get; init; } = [];

    /// <summary>Columns that the file does not simply hold under their names.</summary>
    public IReadOnlyList<InputColumn> View { get; init; } = [];

    internal string Shown => DisplayName ?? Path;

    /// <summary>The footer, where somebody has read it.</summary>
    internal ParquetFile? Footer { get; init; }

    /// <summary>Why our own reader does not read these rows; null where nobody asked it.</summary>
    internal Unsupported? Unread { get; init; }

    /// <summary>What stands in the place of a column of the file; null where that simply holds it.</summary>
    internal InputColumn? Viewed(string name) => View.FirstOrDefault(column => column.Name == name);
}
