using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Import;

/// <summary>
/// The files to import, as Parquet with row numbers. CSV becomes text-only Parquet first: nothing is guessed ("007" stays "007"), every
/// later pass reads only the columns and rows it needs, and memory stays flat.
/// </summary>
internal sealed class SourceTable
{
    /// <summary>Row number within its file, from 0. DuckDB's own name, which cannot be chosen.</summary>
    public const string Row = "file_row_number";

    /// <summary>The path of the row's file. Not DuckDB's <c>filename</c>: tables of documents have a column of that name.</summary>
    public const string Origin = "batch_score_file";

    /// <summary>A path step like <c>year=2025</c> must not become a column.</summary>
    private const string AsWritten = "hive_partitioning = false";

    private SourceTable(DuckConnection duck, IReadOnlyList<SourceFile> files, IReadOnlyList<DuckColumn> columns, bool isText) =>
        (Duck, Files, Columns, IsText) = (duck, files, columns, isText);

    public DuckConnection Duck { get; }

    public IReadOnlyList<SourceFile> Files { get; }

    public IReadOnlyList<DuckColumn> Columns { get; }

    /// <summary>True when every column is text as it was written (CSV).</summary>
    public bool IsText { get; }

    public long Rows => Files.Sum(file => file.Rows);

    public static SourceTable Open(DuckConnection duck, IReadOnlyList<string> files, string folder, CancellationToken cancellation)
    {
        foreach (string file in files)
        {
            if (!File.Exists(file))
            {
                throw new BatchScoringException(JobErrors.ImportFileNotFound,
                    $"There is no file {Path.GetFullPath(file)}. Name an existing CSV or Parquet file.");
            }
        }

        try
        {
            bool text = !files.All(file => file.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase));
            IReadOnlyList<string> parquet = text ? [CsvToParquet(duck, files, folder, cancellation)] : files;
            var counted = new List<SourceFile>();
            for (int i = 0; i < parquet.Count; i++)
            {
                using DuckResult count = duck.Query($"SELECT count(*) FROM read_parquet({DuckSql.File(parquet[i])}, {AsWritten})", cancellation);
                counted.Add(new SourceFile(i, parquet[i], count.Scalar<long>()));
            }

            using DuckResult shape = duck.Query($"SELECT * FROM read_parquet({DuckSql.Files(parquet)}, {AsWritten}) LIMIT 0", cancellation);
            var source = new SourceTable(duck, counted, shape.Columns, text);
            source.RefuseUnusable(files);
            return source;
        }
        catch (DuckDbException e) when (!DuckFailure.BlamesMachine(e))
        {
            throw new BatchScoringException(JobErrors.ImportUnreadable,
                $"{string.Join(", ", files)} cannot be read: {e.Reason} A CSV file needs one header line, the same number of " +
                "fields in every row, and UTF-8.", inner: e);
        }
    }

    /// <summary>All files as one table, with <see cref="Origin"/> and <see cref="Row"/>.</summary>
    public string All() => Numbered(Files);

    /// <summary>One file, with the columns of <see cref="All"/>.</summary>
    public static string Of(SourceFile file) => Numbered([file]);

    private static string Numbered(IEnumerable<SourceFile> files) =>
        $"read_parquet({DuckSql.Files(files.Select(file => file.Path))}, file_row_number = true, filename = '{Origin}', {AsWritten})";

    private void RefuseUnusable(IReadOnlyList<string> files)
    {
        if (Columns.FirstOrDefault(column => column.Name.Equals(Row, StringComparison.OrdinalIgnoreCase)
            || column.Name.Equals(Origin, StringComparison.OrdinalIgnoreCase)) is { } taken)
        {
            throw new BatchScoringException(JobErrors.ImportColumnReserved,
                $"{string.Join(", ", files)} has a column {taken.Name}; rows are numbered under that name while they are read. Rename the column.");
        }

        if (Rows > 0) return;
        throw new BatchScoringException(JobErrors.ImportEmpty,
            $"{string.Join(", ", files)} holds {Columns.Count} column(s) and no row. Nothing was imported; export the table again, with its rows.");
    }

    private static string CsvToParquet(DuckConnection duck, IReadOnlyList<string> files, string folder, CancellationToken cancellation)
    {
        string target = Path.Combine(folder, "source.parquet");
        CsvFile[] tables = [.. files.Select(file => CsvFile.Open(file, file))];
        if (tables.FirstOrDefault(table => !table.Names.SequenceEqual(tables[0].Names, StringComparer.Ordinal)) is { } other)
        {
            throw new BatchScoringException(JobErrors.ImportHeadersDiffer,
                $"{files[Array.IndexOf(tables, other)]} does not have the header of {files[0]}. Files that are imported together need the same columns in the same order.");
        }

        string columns = string.Join(", ", tables[0].Names.Select((name, i) => $"{CsvFile.Column(i)} AS {DuckSql.Identifier(name)}"));
        duck.Execute(
            $"COPY ({string.Join(" UNION ALL ", tables.Select(table => $"SELECT {columns} FROM {table.From}"))}) TO {DuckSql.Literal(target)} " +
            "(FORMAT PARQUET, COMPRESSION ZSTD, ROW_GROUP_SIZE 20480)",
            cancellation);
        return target;
    }
}
