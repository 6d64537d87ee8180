namespace BatchScoring.Datasets;

/// <summary>
/// The types of a score table's columns as a Delta log spells them. Types that some readers refuse have none: they must not get into the
/// table.
/// </summary>
public static class DeltaTypes
{
    /// <summary>Columns that every table of scores gets from its folders.</summary>
    public static IReadOnlyList<(string Name, string Type)> Partitions { get; } = [("run_date", "date"), ("revision", "integer")];

    /// <summary>DuckDB's type in Delta's words, or null where no reader can be trusted with it.</summary>
    public static string? Of(string type) => type.ToUpperInvariant() switch
    {
        "BIGINT" or "UINTEGER" => "long",
        "INTEGER" or "USMALLINT" => "integer",
        "SMALLINT" or "UTINYINT" => "short",
        "TINYINT" => "byte",
        "FLOAT" => "float",
        "DOUBLE" or "HUGEINT" => "double",
        "VARCHAR" => "string",
        "BOOLEAN" => "boolean",
        "DATE" => "date",
        "BLOB" => "binary",
        // Without a zone it is read as UTC by all; as timestamp_ntz some refuse it.
        "TIMESTAMP" or "TIMESTAMP WITH TIME ZONE" => "timestamp",
        ['D', 'E', 'C', 'I', 'M', 'A', 'L', '(', .., ')'] and var text => text.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant(),
        _ => null,
    };
}
