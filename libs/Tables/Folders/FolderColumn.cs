namespace BatchScoring.Tables;

/// <summary>A column of a table as its log has it, or as the folders' names give it.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Type">Its type as DuckDB spells it; null for one that is read as it is (nested).</param>
public sealed record FolderColumn(string Name, string? Type)
{
    /// <summary>What its files call it.</summary>
    public string InFiles { get; init; } = Name;

    /// <summary>The number by which its files know it; null where names count.</summary>
    public long? FieldId { get; init; }

    /// <summary>True where it stands in no file but in the log, or in the path.</summary>
    public bool IsPartition { get; init; }
}
