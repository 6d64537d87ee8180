using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Import;

/// <summary>
/// The files that <c>import</c> was asked for: each once, all of one format, which their content tells and not their ending.
/// </summary>
/// <param name="Paths">Absolute paths in the order of the command; of a folder, its data files in the order of their names' bytes.</param>
/// <param name="AreParquet">False for CSV.</param>
internal sealed record ImportFiles(IReadOnlyList<string> Paths, bool AreParquet)
{
    /// <summary>Finds them.</summary>
    /// <param name="names">Files and folders.</param>
    public static ImportFiles Find(IReadOnlyList<string> names)
    {
        string[] paths = [.. names.SelectMany(Expand).Select(Path.GetFullPath)];
        if (paths.GroupBy(path => path, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new BatchScoringException(JobErrors.ImportFileTwice,
                $"{twice.Key} is named {twice.Count()} times. Name every file once; a folder stands for all files in it.");
        }

        bool[] parquet = [.. paths.Select(IsParquet)];
        if (parquet.Distinct().Count() > 1)
        {
            throw new BatchScoringException(JobErrors.ImportFormatsMixed,
                $"{paths[Array.IndexOf(parquet, true)]} is Parquet and {paths[Array.IndexOf(parquet, false)]} is not. Import files of " +
                "one format at a time.");
        }

        return new ImportFiles(paths, parquet[0]);
    }

    private static IEnumerable<string> Expand(string name)
    {
        if (File.Exists(name)) return [name];
        if (!Directory.Exists(name)) throw NotFound($"There is no file or folder {Path.GetFullPath(name)}.");
        string folder = Path.GetFullPath(name).TrimEnd('/') + "/";
        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => DataFiles.IsDataFile(file, folder)).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw NotFound($"The folder {folder} holds no data file.");
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
