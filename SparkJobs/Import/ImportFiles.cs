using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Import;

/// <summary>
/// The files that <c>import</c> was asked for: each once, all of one format, which their content tells and not their ending.
/// </summary>
/// <param name="Files">In the order of the command; of a folder those that <see cref="TableFolder"/> says, in the order of their names'
/// bytes.</param>
/// <param name="AreParquet">False for CSV.</param>
internal sealed record ImportFiles(IReadOnlyList<ImportFile> Files, bool AreParquet)
{
    /// <summary>What tells this content from every other, wherever its files lie.</summary>
    public string Identity => "files " + string.Join(' ', Files.Select(file => LocalFile.Sha256(file.Shown) + file.Beside))
        + string.Concat(Files.Select(file => file.Table).OfType<FolderTable>().Where(table => table.HasLog).Distinct()
            .Select(table => string.Create(CultureInfo.InvariantCulture, $" delta version {table.Version}")));

    /// <summary>The version of the Delta table, where the files are one's; else null.</summary>
    public long? TableVersion => Files.Select(file => file.Table).Distinct().ToArray() is [{ Version: { } version }] ? version : null;

    /// <summary>Finds them.</summary>
    /// <param name="sources">Files and folders.</param>
    /// <param name="wanted">What of folders is asked for.</param>
    /// <param name="cancellation">Ends the call.</param>
    public static async Task<ImportFiles> FindAsync(
        IReadOnlyList<ImportSource> sources, FolderRequest wanted, CancellationToken cancellation)
    {
        var files = new List<ImportFile>();
        foreach (ImportSource source in sources) files.AddRange(await ExpandAsync(source, wanted, cancellation));
        if (files.GroupBy(file => file.Path, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new BatchScoringException(JobErrors.ImportFileTwice,
                $"{twice.Key} is named {twice.Count()} times. Name every file once; a folder stands for all files in it.");
        }

        if (files.Count == 0)
        {
            throw new BatchScoringException(JobErrors.ImportEmpty,
                $"{sources[0].Path} is a table without rows. Nothing was imported; name a version that has rows.");
        }

        bool[] parquet = [.. files.Select(file => IsParquet(file.Path))];
        if (parquet.Distinct().Count() > 1)
        {
            throw new BatchScoringException(JobErrors.ImportFormatsMixed,
                $"{files[Array.IndexOf(parquet, true)].Shown} is Parquet and {files[Array.IndexOf(parquet, false)].Shown} is not. Import files "
                + "of one format at a time.");
        }

        return new ImportFiles(files, parquet[0]);
    }

    private static async Task<IReadOnlyList<ImportFile>> ExpandAsync(
        ImportSource source, FolderRequest wanted, CancellationToken cancellation)
    {
        string path = Path.GetFullPath(source.Path);
        if (source.Copied is null && File.Exists(path))
        {
            TableFormats.Refuse(Path.GetDirectoryName(path)!);
            return [new ImportFile(path, path)];
        }

        if (source.Copied is null && !Directory.Exists(path)) throw NotFound($"There is no file or folder {path}.");
        FolderTable table = source.Copied ?? await TableFolder.OpenLocalAsync(path, wanted, cancellation);
        if (table.Files.Count == 0 && !table.HasLog) throw NotFound($"The folder {path} holds no data file.");
        return [.. table.Files.Select(file => new ImportFile(file.File.Key, file.File.Key) { Table = table, InTable = file })];
    }

    private static bool IsParquet(string path)
    {
        Span<byte> start = stackalloc byte[4];
        using FileStream file = File.OpenRead(path);
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && (start.SequenceEqual("PAR1"u8) || start.SequenceEqual("PARE"u8));
    }

    private static BatchScoringException NotFound(string what) =>
        new(JobErrors.ImportFileNotFound, $"{what} Name CSV or Parquet files, or folders of them.");
}
