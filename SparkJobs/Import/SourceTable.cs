using System.Globalization;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Import;

/// <summary>
/// The files to import as one table, and as Parquet with row numbers. CSV becomes text-only Parquet first: nothing is guessed ("007" stays
/// "007"), every later pass reads only the columns and rows it needs, and memory stays flat.
/// </summary>
internal sealed class SourceTable
{
    private const int WideTable = 4000;

    private readonly ImportFiles _files;
    private readonly CsvFile[] _tables;

    private SourceTable(DuckConnection duck, ImportFiles files, CsvFile[] tables, IReadOnlyList<string> names,
        IReadOnlyList<SourceColumn> columns) =>
        (Duck, _files, _tables, Names, Columns) = (duck, files, tables, names, columns);

    public DuckConnection Duck { get; }

    /// <summary>All names as they stand in the first file.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The columns that have a name, in the order of the first file.</summary>
    public IReadOnlyList<SourceColumn> Columns { get; }

    /// <summary>True when every column is text as it was written (CSV).</summary>
    public bool IsText => !_files.AreParquet;

    /// <summary>The Parquet files that hold the rows; of CSV, there once <see cref="Stage"/> has been called.</summary>
    public IReadOnlyList<SourceFile> Files { get; private set; } = [];

    public long Rows => Files.Sum(file => file.Rows);

    /// <summary>How the files are called in messages.</summary>
    public string Shown => string.Join(", ", _files.Paths.Take(5)) + (_files.Paths.Count > 5 ? $" and {_files.Paths.Count - 5} more" : "");

    /// <summary>Looks at names and types, not at rows. All files must have the same columns, in any order.</summary>
    public static SourceTable Open(DuckConnection duck, ImportFiles files, CancellationToken cancellation) =>
        Explained(string.Join(", ", files.Paths), () =>
    {
        CsvFile[] tables = files.AreParquet ? [] : [.. files.Paths.Select(path => CsvFile.Open(path, path))];
        IReadOnlyList<string>[] names = files.AreParquet
            ? [.. files.Paths.Select(path => SourceNames.OfParquet(duck, path, cancellation))]
            : [.. tables.Select(table => table.Names)];
        for (int i = 0; i < names.Length; i++)
        {
            SourceNames.Require(files.Paths[i], names[i]);
            RequireSame(files.Paths[0], names[0], files.Paths[i], names[i]);
        }

        Dictionary<string, DuckColumn>[] types = files.AreParquet ? [.. files.Paths.Select(path => Types(duck, path, cancellation))] : [];
        SourceColumn[] columns = [.. names[0].Where(name => name.Length > 0).Select(name => new SourceColumn(name, files.AreParquet
            ? [.. types.Select((type, i) => (files.Paths[i], type[name]))]
            : [(files.Paths[0], new DuckColumn(name, DuckType.Varchar, "VARCHAR"))]))];
        return new SourceTable(duck, files, tables, names[0], columns);
    });

    /// <summary>Makes the rows readable by number: CSV becomes Parquet, footers are read.</summary>
    /// <param name="folder">A local folder for it.</param>
    /// <param name="rowsRead">Is told of rows, by several threads.</param>
    /// <param name="cancellation">Ends the work.</param>
    public void Stage(string folder, Action<long> rowsRead, CancellationToken cancellation)
    {
        Files = Explained(Shown, IReadOnlyList<SourceFile> () =>
        {
            IReadOnlyList<string> parquet = IsText ? [ToParquet(folder, rowsRead, cancellation)] : _files.Paths;
            var shapes = new ParquetShapes();
            // DuckDB, which reads them from here on, looks at no check sum.
            if (!IsText) foreach (string path in parquet) ParquetPages.Check(path, path, new ParquetSlice(), cancellation);
            return [.. parquet.Select((path, i) =>
                new SourceFile(i, path, shapes.Read(Duck, path, IsText ? Shown : path, cancellation).RowGroups))];
        });
        if (Rows > 0) return;
        throw new BatchScoringException(JobErrors.ImportEmpty,
            $"{Shown} holds {Columns.Count} column(s) and no row. Nothing was imported; export the table again, with its rows.");
    }

    /// <summary>One file, with <see cref="SourceNames.Row"/>.</summary>
    public static string Of(SourceFile file) => ParquetSql.NumberedTable(file.Path);

    private string ToParquet(string folder, Action<long> rowsRead, CancellationToken cancellation)
    {
        string target = Path.Combine(folder, "source.parquet");
        long rows = _tables.Sum(table => table.CountRows(Environment.ProcessorCount));
        // Each thread keeps room for 2,048 texts of every column, however few rows there are.
        if (Columns.Count > WideTable) Duck.Execute("SET threads = 1", cancellation);
        // Every row passes by the first column; DuckDB itself tells nobody how far it is.
        Duck.RegisterFunction("passed", DuckType.Varchar, DuckType.Varchar, (texts, results) =>
        {
            results.Copy(0, texts);
            rowsRead(texts.Rows);
        });
        IEnumerable<string> selects = _tables.Select(table => "SELECT " + string.Join(", ", Columns.Select((column, i) =>
        {
            string found = CsvFile.Column(table.Names.ToList().IndexOf(column.Name));
            return $"{(i == 0 ? $"passed({found})" : found)} AS {DuckSql.Identifier(column.Name)}";
        })) + $" FROM {table.From}");
        using DuckResult copied = Duck.Query($"COPY ({string.Join(" UNION ALL ", selects)}) TO {DuckSql.Literal(target)} " +
            "(FORMAT PARQUET, COMPRESSION ZSTD, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 20480)", cancellation);
        long found = copied.Scalar<long>();
        return found == rows ? target
            : throw new BatchScoringException(JobErrors.ImportUnreadable, string.Create(CultureInfo.InvariantCulture,
            $"{Shown} has {rows:N0} rows, and DuckDB, which converts them, found {found:N0}. Write the file with one kind of line end " +
            $"and without empty lines."));
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
