namespace BatchScoring.Core;

/// <summary>
/// A column of an input file that is not simply what the file holds under that name: it has another name there, is wider than there, or
/// is a value that all rows of the file share, because it stands in the table's log or in the file's path.
/// </summary>
public sealed record InputColumn
{
    /// <summary>The column's name.</summary>
    public required string Name { get; init; }

    /// <summary>The column of the file that holds it; null where no column does.</summary>
    public string? FileColumn { get; init; }

    /// <summary>The value of all rows, where no column of the file holds it; null is a missing value.</summary>
    public string? Value { get; init; }

    /// <summary>The column's type as DuckDB spells it; null where it is what the file's column is.</summary>
    public string? Type { get; init; }
}
