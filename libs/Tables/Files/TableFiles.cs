using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Storage;

namespace BatchScoring.Tables;

/// <summary>The local files that a path stands for, in the order in which their rows count.</summary>
/// <param name="Files">One text table, or Parquet files in the order of their names' bytes.</param>
/// <param name="IsText">True for CSV and TSV.</param>
public sealed record TableFiles(IReadOnlyList<TableFile> Files, bool IsText)
{
    /// <summary>The table's columns where a log says which they are: files may have others, which are no part of it. Else null, and they are
    /// those of the first file.</summary>
    public IReadOnlyList<FolderColumn>? Columns { get; private init; }

    /// <summary>Columns that stand both in files and in the names of their folders, where nothing says which counts.</summary>
    public IReadOnlyCollection<string> Contradicted { get; private init; } = [];

    /// <summary>The version of the Delta table; null for plain files.</summary>
    public long? Version { get; private init; }

    /// <summary>Finds them. Which files of a folder count, <see cref="TableFolder"/> says.</summary>
    /// <param name="input">A file, a folder, or a pattern with <c>*</c>, <c>?</c>, <c>[…]</c>.</param>
    /// <param name="wanted">What of a folder is asked for.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BatchScoringException"><c>INPUT_NOT_FOUND</c>; <c>INPUT_NO_TABLE</c>: something else than tables;
    /// <c>INPUT_TABLE_FORMAT</c>; for a folder what <see cref="TableFolder"/> says.</exception>
    public static TableFiles Find(string input, FolderRequest wanted, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        if (Directory.Exists(input))
            return Of(TableFolder.OpenLocalAsync(input, wanted, cancellation).GetAwaiter().GetResult(), cancellation);
        bool isFile = File.Exists(input);
        if (!isFile && input.AsSpan().IndexOfAny('*', '?', '[') < 0) throw NotFound(input);
        if (wanted.Version.IsGiven || wanted.PathColumns.Count > 0) throw NoTable(
            $"{input} is no folder: --version, --as-of and --path-columns say what of a folder is read. Name the folder, or leave them out.");
        List<string> files = isFile ? [input] : [.. Glob(input).Where(file => DataFiles.IsDataFile(file[Fixed(input)..], ""))];
        if (files.Count == 0) throw NotFound(input);
        files.Sort(KeyOrder.Instance);
        foreach (string folder in files.Select(file => Path.GetDirectoryName(Path.GetFullPath(file))!).Distinct(StringComparer.Ordinal))
            TableFormats.Refuse(folder);
        return Of(files, input);
    }

    /// <summary>The files of a folder that has been opened.</summary>
    /// <param name="table">The folder; its files lie here, with absolute paths as keys.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BatchScoringException"><c>INPUT_NO_TABLE</c>, or as <see cref="FolderBinder"/>.</exception>
    public static TableFiles Of(FolderTable table, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Files.Count == 0 && !table.HasLog) throw NoTable($"{table.Folder} holds no data file.");
        if (!table.HasLog && Of([.. table.Files.Select(file => file.File.Key)], table.Folder) is { IsText: true } text) return text;
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection duck = database.Connect();
        FolderBinder binder = new(duck, table);
        TableFile[] files = [.. table.Files.Select(file => new TableFile(file.File.Key)
        {
            Columns = binder.Bind(file, file.File.Key, cancellation).Columns,
            RemovedRows = file.RemovedRows,
        })];
        return new TableFiles(files, IsText: false)
        {
            Columns = table.HasLog ? table.Columns : null,
            Contradicted = binder.Contradicted,
            Version = table.Version,
        };
    }

    private static TableFiles Of(IReadOnlyList<string> files, string input)
    {
        string[] texts = [.. files.Where(IsTextFile)];
        string? other = files.FirstOrDefault(file => !IsTextFile(file) && !IsParquet(file));
        if (files.Count == 1 && texts.Length == 1) return new TableFiles([new TableFile(files[0])], IsText: true);
        if (texts.Length == files.Count) throw NoTable(
            $"{input} holds {texts.Length} CSV files and no Parquet file; CSV is scored one file at a time. Name one of them.");
        if (texts.Length > 0) throw NoTable(
            $"{input} holds {files.Count} files, among them {texts[0]}: several files must all be Parquet.");
        return other is null
            ? new TableFiles([.. files.Select(file => new TableFile(file))], IsText: false)
            : throw NoTable($"{other} is no Parquet file, and its name does not end in .csv or .tsv. Name the files that are to be read, " +
                "or move it elsewhere.");
    }

    /// <summary>The steps before the first wildcard were asked for by name: they hide nothing.</summary>
    private static int Fixed(string pattern) => pattern.AsSpan(0, pattern.AsSpan().IndexOfAny('*', '?', '[')).LastIndexOf('/') + 1;

    private static bool IsTextFile(string file)
    {
        string name = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file;
        return name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>By its ending, or else by its first bytes: Hive and Impala call their files 000001_0.</summary>
    private static bool IsParquet(string file)
    {
        if (file.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase)) return true;
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        Span<byte> start = stackalloc byte[4];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("PAR1"u8);
    }

    private static IReadOnlyList<string> Glob(string pattern)
    {
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection connection = database.Connect();
        using DuckResult result = connection.Query("SELECT file FROM glob(?)", pattern);
        return [.. result.Rows().Select(row => (string)row[0]!)];
    }

    private static BatchScoringException NotFound(string input) => new(TableErrors.InputNotFound,
        $"There is no input {input}: no file or folder of that name, and no file fits it as a pattern. Check the path.");

    private static BatchScoringException NoTable(string text) => new(TableErrors.InputNoTable, text);
}

/// <summary>A local file of a table.</summary>
/// <param name="Path">Where it lies.</param>
public sealed record TableFile(string Path)
{
    /// <summary>Columns that it does not simply hold under their names.</summary>
    public IReadOnlyList<InputColumn> Columns { get; init; } = [];

    /// <summary>Numbers of rows that are gone, ascending.</summary>
    public IReadOnlyList<long> RemovedRows { get; init; } = [];
}
