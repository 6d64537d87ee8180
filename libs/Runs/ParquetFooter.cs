using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.Runs;

/// <summary>What a file's footer says: columns, and rows per row group.</summary>
internal sealed record ParquetFooter(InputFile File, string LocalPath, IReadOnlyList<DatasetColumn> Columns, IReadOnlyList<long> RowGroups)
{
    public static ParquetFooter Read(ParquetShapes shapes, DuckConnection duck, InputFile file, string path, CancellationToken cancellation)
    {
        try
        {
            ParquetShape shape = shapes.Read(duck, path, file.Key, cancellation);
            return new ParquetFooter(file, path, [.. shape.Columns.Select(column => new DatasetColumn(column.Name, column.SqlType))],
                shape.RowGroups);
        }
        catch (DuckDbException e) when (!e.BlamesMachine)
        {
            throw InputErrors.Unreadable(e, file.Key, path);
        }
    }
}
