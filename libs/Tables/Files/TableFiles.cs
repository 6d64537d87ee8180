using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Storage;

namespace BatchScoring.Tables;

/// <summary>The local files that a path stands for, in the order in which their rows count.</summary>
/// <param name="Files">One text table, or Parquet files in the order of their names' bytes.</param>
/// <param name="IsText">True for CSV and TSV.</param>
public sealed record TableFiles(IReadOnlyList<string> Files, bool IsText)
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    /// <summary>
    /// Finds them. Of a folder every file is data but those that <see cref="DataFiles"/> passes over: none is left out unsaid.
    /// </summary>
    /// <param name="input">A file, a folder of Parquet files, or a pattern with <c>*</c>, <c>?</c>, <c>[…]</c>.</param>
    /// <exception cref="BatchScoringException"><c>INPUT_NOT_FOUND</c>; <c>INPUT_NO_TABLE</c>: something else than tables, or the files of a
    /// table format that says elsewhere which of them count.</exception>
    public static TableFiles Find(string input)
    {
        if (File.Exists(input)) return Of([input], input);
        if (!Directory.Exists(input) && input.AsSpan().IndexOfAny('*', '?', '[') < 0) throw NotFound(input);
        List<string> files = Directory.Exists(input)
            ? [.. Directory.EnumerateFiles(input, "*", Everything)
                .Where(file => DataFiles.IsDataFile(Path.GetRelativePath(input, file), ""))]
            : [.. Glob(input).Where(file => DataFiles.IsDataFile(file[Fixed(input)..], ""))];
        files.Sort(KeyOrder.Instance);
        if (Directory.Exists(input)) TableFormats.Refuse(input);
        if (files.Count > 0) return Of(files, input);
        throw Directory.Exists(input) ? NoTable($"{input} holds no data file.") : NotFound(input);
    }

    private static TableFiles Of(IReadOnlyList<string> files, string input)
    {
        foreach (string folder in files.Select(file => Path.GetDirectoryName(Path.GetFullPath(file))!).Distinct(StringComparer.Ordinal))
            TableFormats.Refuse(folder);
        string[] texts = [.. files.Where(IsTextFile)];
        string? other = files.FirstOrDefault(file => !IsTextFile(file) && !IsParquet(file));
        if (files.Count == 1 && texts.Length == 1) return new TableFiles(files, IsText: true);
        if (texts.Length == files.Count) throw NoTable(
            $"{input} holds {texts.Length} CSV files and no Parquet file; CSV is scored one file at a time. Name one of them.");
        if (texts.Length > 0) throw NoTable(
            $"{input} holds {files.Count} files, among them {texts[0]}: several files must all be Parquet.");
        return other is null
            ? new TableFiles(files, IsText: false)
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
