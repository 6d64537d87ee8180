using System.Globalization;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.Runs;

/// <summary>Rows whose key stands earlier: in file order (the names' UTF-8 bytes), then row order. The first stays.</summary>
internal static class DuplicateKeys
{
    /// <summary>No table has a column of this name.</summary>
    private const string File = "file of batch-score";

    public static ILookup<int, long> None { get; } = Array.Empty<(int, long)>().ToLookup(pair => pair.Item1, pair => pair.Item2);

    /// <returns>By the file's index in <paramref name="footers"/>: row numbers within the file.</returns>
    /// <exception cref="BatchScoringException"><c>INPUT_CORRUPT</c>: a file's keys cannot be read; it is named.</exception>
    public static ILookup<int, long> Find(DuckConnection duck, IReadOnlyList<ParquetFooter> footers, string key,
        CancellationToken cancellation)
    {
        if (!footers[0].Columns.Any(column => column.Name == key)) return None;
        try
        {
            return Search(duck, footers, key, cancellation);
        }
        catch (DuckDbException e) when (!e.BlamesMachine)
        {
            throw Explain(duck, footers, key, cancellation) ?? e;
        }
    }

    /// <summary>DuckDB names neither file nor column: each file is tried by itself.</summary>
    private static Exception? Explain(DuckConnection duck, IReadOnlyList<ParquetFooter> footers, string key, CancellationToken cancellation)
    {
        foreach (ParquetFooter footer in footers)
        {
            try
            {
                duck.Execute($"SELECT bit_xor(hash({DuckSql.Identifier(key)})) FROM {View(footer, key)}", cancellation);
            }
            catch (DuckDbException e) when (!e.BlamesMachine)
            {
                return InputErrors.Corrupt(footer.File.Key, $": its key column {key}", e.Reason, e);
            }
        }

        return null;
    }

    private static ILookup<int, long> Search(DuckConnection duck, IReadOnlyList<ParquetFooter> footers, string key,
        CancellationToken cancellation)
    {
        if (footers.Any(footer => footer.File.Columns.Count > 0)) return SearchViews(duck, footers, key, cancellation);
        string[] paths = [.. footers.Select(footer => footer.LocalPath)];
        string name = DuckSql.Identifier(key), place = $"list_position({DuckSql.Literals(paths)}, t.{DuckSql.Identifier(File)})";
        // Every name says whose it is: the table may have columns called as ours.
        string repeated = $"SELECT t.{name} AS k FROM {ParquetSql.Table(paths)} t WHERE t.{name} IS NOT NULL GROUP BY t.{name} HAVING " +
            "count(*) > 1";
        // Nearly always no key is there twice, and the costly part does not run.
        using (DuckResult first = duck.Query(repeated + " LIMIT 1", cancellation))
            if (first.NextChunk() is null) return None;
        using DuckResult result = duck.Query(
            $"""
             WITH repeated AS ({repeated})
             SELECT {place} - 1, t.file_row_number
             FROM {ParquetSql.NumberedTableWithFile(File, paths)} t JOIN repeated r ON t.{name} = r.k
             QUALIFY row_number() OVER (PARTITION BY r.k ORDER BY {place}, t.file_row_number) > 1
             """, cancellation);
        return Places(result);
    }

    /// <summary>The keys of files that do not simply hold them are put beside one another first.</summary>
    private static ILookup<int, long> SearchViews(DuckConnection duck, IReadOnlyList<ParquetFooter> footers, string key,
        CancellationToken cancellation)
    {
        const string Keys = "keys_of_batch_score";
        string name = DuckSql.Identifier(key);
        duck.Execute($"CREATE TEMP TABLE {Keys} AS SELECT 0 AS file, file_row_number AS row, {name} AS k FROM {View(footers[0], key)} LIMIT 0",
            cancellation);
        foreach ((int file, ParquetFooter footer) in footers.Index())
        {
            duck.Execute(string.Create(CultureInfo.InvariantCulture,
                $"INSERT INTO {Keys} SELECT {file}, file_row_number, {name} FROM {View(footer, key)} WHERE {name} IS NOT NULL"), cancellation);
        }

        using DuckResult result = duck.Query(
            $"""
             SELECT file, row FROM {Keys} WHERE k IN (SELECT k FROM {Keys} GROUP BY k HAVING count(*) > 1)
             QUALIFY row_number() OVER (PARTITION BY k ORDER BY file, row) > 1
             """, cancellation);
        return Places(result);
    }

    private static string View(ParquetFooter footer, string key)
    {
        InputColumn[] viewed = [.. footer.File.Columns.Where(column => column.Name == key)];
        return ParquetSql.NumberedView(footer.LocalPath, [], viewed);
    }

    private static ILookup<int, long> Places(DuckResult result) =>
        result.Rows()
            .Select(row => (File: Convert.ToInt32(row[0], CultureInfo.InvariantCulture),
                Row: Convert.ToInt64(row[1], CultureInfo.InvariantCulture)))
            .ToLookup(pair => pair.File, pair => pair.Row);
}
