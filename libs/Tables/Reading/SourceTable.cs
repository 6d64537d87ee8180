namespace BatchScoring.Tables;

/// <summary>A file as SQL sees it.</summary>
/// <param name="Shown">What messages call it.</param>
/// <param name="From">What stands after FROM.</param>
/// <param name="Columns">Its columns, in the file's order.</param>
/// <param name="RowNumber">What selects a row's number within the file, from 0; null where there is no such thing.</param>
internal sealed record SourceTable(string Shown, string From, IReadOnlyList<TableColumn> Columns, string? RowNumber)
{
    public TableColumn? Find(string name) => Columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.Ordinal));
}
