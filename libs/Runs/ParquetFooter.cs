using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.Runs;

/// <summary>What a file's footer says: columns, and rows per row group.</summary>
internal sealed record ParquetFooter(InputFile File, string LocalPath, IReadOnlyList<DatasetColumn> Columns, IReadOnlyList<long> RowGroups)
{
    public static ParquetFooter Read(ParquetShapes shapes, DuckConnection duck, InputFile file, string path, FolderTable table,
        CancellationToken cancellation)
    {
        try
        {
            ParquetShape shape = shapes.Read(duck, path, file.Key, cancellation);
            DatasetColumn[] held = [.. shape.Columns.Select(column => new DatasetColumn(column.Name, column.SqlType))];
            return new ParquetFooter(file, path, OfTable(held, file, table), shape.RowGroups);
        }
        catch (DuckDbException e) when (!e.BlamesMachine)
        {
            throw InputErrors.Unreadable(e, file.Key, path);
        }
    }

    /// <summary>What a log says is the table's, in the log's order; else what the file holds, and what its path says besides.</summary>
    private static IReadOnlyList<DatasetColumn> OfTable(DatasetColumn[] held, InputFile file, FolderTable table)
    {
        IEnumerable<string> names = table.HasLog ? table.Columns.Select(column => column.Name)
            : held.Select(column => column.Name).Union(file.Columns.Select(column => column.Name), StringComparer.Ordinal);
        return [.. names.Select(name => file.Columns.FirstOrDefault(column => column.Name == name) is { } viewed
            ? new DatasetColumn(name, viewed.Type ?? held.Single(column => column.Name == viewed.FileColumn).Type)
            : held.Single(column => column.Name == name))];
    }
}
