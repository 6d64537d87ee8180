using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Import;

/// <summary>
/// The files to import as one table, and as Parquet with row numbers. CSV becomes typed Parquet first, each file one: every later pass then
/// reads only the columns and rows it needs, and memory stays flat.
/// </summary>
internal sealed class SourceTable
{
    private readonly ImportFiles _files;
    private readonly CsvTables? _csv;

    private SourceTable(DuckConnection duck, ImportFiles files, CsvTables? csv, IReadOnlyList<string> names,
        IReadOnlyList<SourceColumn> columns) =>
        (Duck, _files, _csv, Names, Columns) = (duck, files, csv, names, columns);

    public DuckConnection Duck { get; }

    /// <summary>All names as they stand in the first file.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The columns that have a name, in the order of the first file.</summary>
    public IReadOnlyList<SourceColumn> Columns { get; }

    /// <summary>True when every column is text as it was written (CSV).</summary>
    public bool IsText => _csv is not null;

    /// <summary>The Parquet files that hold the rows; of CSV, there once <see cref="Stage"/> has been called.</summary>
    public IReadOnlyList<SourceFile> Files { get; private set; } = [];

    public long Rows => Files.Sum(file => file.Rows);

    /// <summary>How the files are called in messages.</summary>
    public string Shown => string.Join(", ", _files.Files.Take(5).Select(file => file.Shown))
        + (_files.Files.Count > 5 ? $" and {_files.Files.Count - 5} more" : "");

    /// <summary>Looks at names and types, not at rows. All files must have the same columns, in any order.</summary>
    /// <param name="duck">Reads Parquet, and writes what CSV becomes.</param>
    /// <param name="files">The files.</param>
    /// <param name="delimiter">What stands between the cells of CSV; null for what the ending says.</param>
    /// <param name="threads">Threads that read CSV.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static SourceTable Open(DuckConnection duck, ImportFiles files, char? delimiter, int threads, CancellationToken cancellation) =>
        Explained(string.Join(", ", files.Files.Select(file => file.Shown)), () =>
        {
            string[] paths = [.. files.Files.Select(file => file.Path)], shown = [.. files.Files.Select(file => file.Shown)];
            CsvTables? csv = files.AreParquet ? null : new CsvTables(duck, paths, delimiter, threads);
            IReadOnlyList<string>[] names =
                [.. paths.Select((path, i) => csv?.Names(i) ?? SourceNames.OfParquet(duck, path, cancellation))];
            for (int i = 0; i < names.Length; i++)
            {
                SourceNames.Require(shown[i], names[i]);
                RequireSame(shown[0], names[0], shown[i], names[i]);
            }

            Dictionary<string, DuckColumn>[] types = csv is null ? [.. paths.Select(path => Types(duck, path, cancellation))] : [];
            SourceColumn[] columns = [.. names[0].Where(name => name.Length > 0).Select(name => new SourceColumn(name, csv is null
                ? [.. types.Select((type, i) => (shown[i], type[name]))]
                : [(shown[0], new DuckColumn(name, DuckType.Varchar, "VARCHAR"))]))];
            var source = new SourceTable(duck, files, csv, names[0], columns);
            if (csv is null) source.Adopt(paths, cancellation);
            return source;
        });

    /// <summary>What the texts of columns are; every row is looked at.</summary>
    /// <param name="columns">Columns of text.</param>
    /// <param name="key">The key column.</param>
    /// <param name="rowsRead">Is told of rows.</param>
    /// <param name="cancellation">Ends the work.</param>
    public TextKinds Kinds(IReadOnlyList<string> columns, string key, Action<long> rowsRead, CancellationToken cancellation) => _csv is null
        ? TextKinds.OfParquet(Duck, Files, columns, cancellation)
        : TextKinds.OfCsv(_csv, columns, key, rowsRead, cancellation);

    /// <summary>Whether every value of a column of unsigned numbers fits into 64 bits with a sign.</summary>
    public bool FitsLong(string column)
    {
        string files = string.Join(", ", Files.Select(file => DuckSql.Literal(file.Path)));
        using DuckResult largest = Duck.Query(
            $"SELECT coalesce(max({DuckSql.Identifier(column)}) <= {long.MaxValue}, true) FROM read_parquet([{files}])");
        return largest.Scalar<bool>();
    }

    /// <summary>Makes the rows readable by number: CSV becomes Parquet.</summary>
    /// <param name="folder">A local folder for it.</param>
    /// <param name="columns">What the columns become.</param>
    /// <param name="rowsRead">Is told of rows.</param>
    /// <param name="cancellation">Ends the work.</param>
    public void Stage(string folder, IReadOnlyList<DatasetColumn> columns, Action<long> rowsRead, CancellationToken cancellation)
    {
        if (_csv is not null) Adopt(_csv.Stage(columns, folder, rowsRead, cancellation), cancellation);
        if (Rows > 0) return;
        throw new BatchScoringException(JobErrors.ImportEmpty,
            $"{Shown} holds {Columns.Count} column(s) and no row. Nothing was imported; export the table again, with its rows.");
    }

    /// <summary>One file, with <see cref="SourceNames.Row"/>.</summary>
    public static string Of(SourceFile file) => ParquetSql.NumberedTable(file.Path);

    private void Adopt(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        var shapes = new ParquetShapes();
        // DuckDB, which reads some of their columns from here on, looks at no check sum.
        if (!IsText) foreach (string path in paths) ParquetPages.Check(path, path, new ParquetSlice(), cancellation);
        Files = [.. paths.Select((path, i) => new SourceFile(i, path, _files.Files[i].Shown,
            shapes.Read(Duck, path, _files.Files[i].Shown, cancellation).RowGroups))];
    }

    private static Dictionary<string, DuckColumn> Types(DuckConnection duck, string path, CancellationToken cancellation)
    {
        using DuckResult shape = duck.Query($"SELECT * FROM {ParquetSql.Table(path)} LIMIT 0", cancellation);
        return shape.Columns.Where(column => column.Name.Length > 0).ToDictionary(column => column.Name, StringComparer.Ordinal);
    }

    private static void RequireSame(string first, IReadOnlyList<string> wanted, string file, IReadOnlyList<string> found)
    {
        string[] lacking = [.. wanted.Except(found, StringComparer.Ordinal)], further = [.. found.Except(wanted, StringComparer.Ordinal)];
        if (lacking.Length + further.Length == 0) return;
        throw new BatchScoringException(JobErrors.ImportHeadersDiffer,
            $"{file} does not have the columns of {first}:" + Names(" it lacks ", lacking) +
                (lacking.Length > 0 && further.Length > 0 ? ";" : "") +
            Names(" it alone has ", further) + ". Files that are imported together need the same columns, in any order.");

        static string Names(string verb, string[] names) => names.Length == 0
            ? ""
            : verb + string.Join(", ", names.Take(20)) + (names.Length > 20 ? $" and {names.Length - 20} more" : "");
    }

    private static T Explained<T>(string shown, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DuckDbException e) when (!e.BlamesMachine)
        {
            throw new BatchScoringException(JobErrors.ImportUnreadable,
                $"{shown} cannot be read: {e.Reason} A CSV file needs one header line, the same number of fields in every row, and UTF-8.",
                    inner: e);
        }
    }
}
