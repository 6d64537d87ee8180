using BatchScoring.DuckDb;
using BatchScoring.Parquet;
using BatchScoring.Tables.Csv;

namespace BatchScoring.Tables;

/// <summary>What a local file calls its columns.</summary>
public static class ColumnNames
{
    /// <summary>The names in the first line of a text table, in their order.</summary>
    /// <param name="file">The file.</param>
    /// <param name="delimiter">What stands between its cells; null for what its ending says.</param>
    /// <param name="shown">What messages call it.</param>
    /// <exception cref="Core.BatchScoringException">There is no such file, or it is no such table.</exception>
    public static IReadOnlyList<string> OfText(string file, char? delimiter, string shown)
    {
        using var reader = CsvReader.Open(file, CsvDialect.Of(file, delimiter), shown);
        return reader.Names;
    }

    /// <summary>The key column of a table without rows.</summary>
    /// <param name="database">Names its type.</param>
    /// <param name="key">The column.</param>
    /// <param name="asText">True where keys are wanted as text.</param>
    public static DuckColumn EmptyKey(LazyDatabase database, FolderColumn key, bool asText)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(key);
        using DuckConnection connection = database.Value.Connect();
        using DuckResult shape = connection.Query(
            $"SELECT CAST(NULL AS {(asText ? "VARCHAR" : key.Type ?? "VARCHAR")}) AS {DuckSql.Identifier(key.Name)}");
        return shape.Columns[0].Type is DuckType.TinyInt or DuckType.SmallInt or DuckType.Integer or DuckType.BigInt
            ? shape.Columns[0]
            : new DuckColumn(key.Name, DuckType.Varchar, "VARCHAR");
    }

    /// <summary>The names of a Parquet file's columns, in their order.</summary>
    /// <param name="database">Reads footers that our own reader declines.</param>
    /// <param name="file">The file.</param>
    /// <param name="shown">What messages call it.</param>
    /// <exception cref="Core.BatchScoringException">There is no such file, or it cannot be read.</exception>
    public static IReadOnlyList<string> OfParquet(LazyDatabase database, string file, string shown)
    {
        ArgumentNullException.ThrowIfNull(database);
        using (FileByteSource source = new(file))
        {
            if (ParquetFile.TryOpen(source, out _) is { } parquet) return [.. parquet.Columns.Select(column => column.Name)];
        }

        using DuckConnection connection = database.Value.Connect();
        try
        {
            return [.. ParquetTable.Open(connection, new SplitReadRequest { Path = file, DisplayName = shown }).Columns.Select(column =>
                column.Name)];
        }
        catch (DuckDbException e)
        {
            throw ReadingErrors.From(e, shown, FooterFaults.Find(file));
        }
    }
}
