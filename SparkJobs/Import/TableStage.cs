using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Import;

/// <summary>
/// Files of a table whose rows do not simply stand in them (columns out of the log or the path, other names, rows that are gone), written
/// anew as what the table says they are. Every other file is read where it lies.
/// </summary>
internal sealed class TableStage
{
    private const string Gone = "gone_from_the_table";

    private readonly DuckConnection _duck;
    private readonly string _folder;
    private long[] _removed = [];
    private int _staged;

    private TableStage(DuckConnection duck, string folder)
    {
        (_duck, _folder) = (duck, folder);
        duck.RegisterFunction(Gone, DuckType.BigInt, DuckType.Boolean, IsGone);
    }

    /// <summary>Writes what has to be written.</summary>
    /// <param name="duck">Reads and writes.</param>
    /// <param name="files">The files to import.</param>
    /// <param name="folder">A local folder.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The files, each readable as it is.</returns>
    public static ImportFiles Stage(DuckConnection duck, ImportFiles files, string folder, CancellationToken cancellation)
    {
        if (!files.AreParquet || files.Files.All(file => file.Table is null)) return files;
        TableStage stage = new(duck, folder);
        Dictionary<FolderTable, FolderBinder> binders = [];
        List<ImportFile> staged = [];
        foreach (ImportFile file in files.Files)
        {
            if (file is not { Table: { } table, InTable: { } inTable })
            {
                staged.Add(file);
                continue;
            }

            if (!binders.TryGetValue(table, out FolderBinder? binder)) binders[table] = binder = new FolderBinder(duck, table);
            InputFile bound = binder.Bind(inTable, file.Path, cancellation);
            if (binder.Contradicted.FirstOrDefault() is { } twice) throw InputErrors.PathColumn(file.Shown, twice);
            staged.Add(stage.Write(file, table, inTable, bound, cancellation));
        }

        return files with { Files = staged };
    }

    private ImportFile Write(ImportFile file, FolderTable table, FolderFile inTable, InputFile bound, CancellationToken cancellation)
    {
        IReadOnlyList<string> held = SourceNames.OfParquet(_duck, file.Path, cancellation);
        string[] names = table.HasLog ? [.. table.Columns.Select(column => column.Name)]
            : [.. held, .. bound.Columns.Select(column => column.Name).Except(held, StringComparer.Ordinal)];
        if (bound.Columns.Count == 0 && inTable.RemovedRows.Count == 0 && !held.Except(names, StringComparer.Ordinal).Any()) return file;
        _removed = [.. inTable.RemovedRows];
        string path = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"table-{_staged++:D5}.parquet"));
        string where = _removed.Length == 0 ? "" : $" WHERE NOT {Gone}(file_row_number)";
        _duck.Execute(string.Create(CultureInfo.InvariantCulture,
            $"""
             COPY (SELECT {string.Join(", ", names.Select(DuckSql.Identifier))}
             FROM {ParquetSql.NumberedView(file.Path, held, bound.Columns)}{where})
             TO {DuckSql.Literal(path)} (FORMAT parquet, ROW_GROUP_SIZE {ParquetSql.RowGroupRows(names.Length)})
             """), cancellation);
        string beside = string.Join('\n', bound.Columns.Select(column => $"{column.Name}\t{column.FileColumn}\t{column.Value}\t{column.Type}")
            .Append(inTable.Deletions).Append(string.Join('\t', names)));
        return file with { Path = path, Beside = "+" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(beside)))[..16] };
    }

    /// <summary>Asked of blocks of rows in any order.</summary>
    private void IsGone(DuckVector rows, DuckBlock results)
    {
        Span<bool> answers = results.Column<bool>(0);
        ReadOnlySpan<long> numbers = rows.Values<long>();
        for (int i = 0; i < numbers.Length; i++) answers[i] = Array.BinarySearch(_removed, numbers[i]) >= 0;
    }
}
