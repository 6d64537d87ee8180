using System.Globalization;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Tables;
using BatchScoring.Tables.Csv;

namespace BatchScoring.SparkJobs.Import;

/// <summary>The CSV files of an import: read twice, to learn what their columns are and to write them as Parquet of those types.</summary>
/// <param name="duck">Writes.</param>
/// <param name="paths">The files.</param>
/// <param name="delimiter">What stands between cells; null for what the ending says.</param>
/// <param name="threads">Threads that read.</param>
internal sealed class CsvTables(DuckConnection duck, IReadOnlyList<string> paths, char? delimiter, int threads)
{
    /// <summary>Of each row the first cell that is no number where one is to be written: file, row, column, text.</summary>
    public const string Unreadable = "unreadable";

    private const string Rows = "csv_rows";

    public int Count => paths.Count;

    /// <summary>The names in a file's header.</summary>
    public IReadOnlyList<string> Names(int file)
    {
        using CsvReader reader = Open(file);
        return reader.Names;
    }

    /// <summary>Opens a file for some of its columns.</summary>
    public CsvReader Open(int file, IReadOnlyList<string> columns, Func<string, CsvColumnKind> kind)
    {
        CsvReader reader = Open(file);
        try
        {
            var places = reader.Names.Index().DistinctBy(pair => pair.Item, StringComparer.Ordinal)
                .ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
            reader.Want([.. columns.Select(name => new CsvWanted(places[name], kind(name)))], threads);
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Writes the files as Parquet, one each, for the tasks: plain and uncompressed, since they are read once and deleted.
    /// </summary>
    /// <param name="columns">All columns that have a name.</param>
    /// <param name="folder">A local folder.</param>
    /// <param name="rowsRead">Is told of rows.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>Where they are.</returns>
    public IReadOnlyList<string> Stage(IReadOnlyList<DatasetColumn> columns, string folder, Action<long> rowsRead,
        CancellationToken cancellation)
    {
        var types = columns.ToDictionary(column => column.Name, CsvCells.KindOf, StringComparer.Ordinal);
        string[] names = [.. columns.Select(column => column.Name)];
        DuckSource source = duck.RegisterSource(Rows,
            [.. columns.Select((column, i) =>
                new DuckColumn(FormattableString.Invariant($"c{i}"), CsvCells.TypeOf(column), column.Type))], _ => 0);
        duck.Execute($"CREATE TEMP TABLE {Unreadable}(file INTEGER, row BIGINT, \"column\" VARCHAR, value VARCHAR)");
        int rows = ParquetSql.RowGroupRows(columns.Count);
        string list = string.Join(", ",
            names.Select((name, i) => string.Create(CultureInfo.InvariantCulture, $"c{i} AS {DuckSql.Identifier(name)}")));
        var staged = new List<string>();
        for (int file = 0; file < Count; file++)
        {
            using CsvReader reader = Open(file, names, name => types[name]);
            var cells = new CsvCells(reader, columns, rowsRead, cancellation);
            string target = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"source-{file:D5}.parquet"));
            source.Feed(cells.Fill);
            source.Run(() => duck.Execute(string.Create(CultureInfo.InvariantCulture,
                $"COPY (SELECT {list} FROM {Rows}()) TO {DuckSql.Literal(target)} " +
                $"(FORMAT parquet, COMPRESSION uncompressed, DICTIONARY_SIZE_LIMIT 1, ROW_GROUP_SIZE {rows})"), cancellation));
            cells.WriteUnreadable(duck, file);
            staged.Add(target);
        }

        return staged;
    }

    private CsvReader Open(int file) => CsvReader.Open(paths[file], CsvDialect.Of(paths[file], delimiter));
}
