using BatchScoring.Core;
using BatchScoring.Parquet;

namespace BatchScoring.Tables;

/// <summary>A piece of a local file that one thread reads: the file, or whole row groups of it.</summary>
/// <param name="File">The file.</param>
/// <param name="FirstRow">First row, from 0.</param>
/// <param name="Rows">How many; null is all.</param>
public sealed record FileSplit(TableFile File, long FirstRow = 0, long? Rows = null)
{
    private const int SmallestSplit = 20_000;

    /// <summary>Cuts files so that every thread has something to do; only where there are fewer files than threads.</summary>
    /// <param name="files">The files.</param>
    /// <param name="threads">How many threads, at least 1.</param>
    /// <returns>In the order of the rows.</returns>
    public static IReadOnlyList<FileSplit> Cut(TableFiles files, int threads)
    {
        if (files.IsText || files.Files.Count == 0 || files.Files.Count >= threads) return [.. files.Files.Select(file => new FileSplit(file))];
        int each = (threads + files.Files.Count - 1) / files.Files.Count;
        return [.. files.Files.SelectMany(file => Cut(file, each))];
    }

    private static IEnumerable<FileSplit> Cut(TableFile file, int splits)
    {
        IReadOnlyList<long> groups = RowGroups(file.Path);
        int wanted = (int)Math.Min(splits, groups.Sum() / SmallestSplit);
        if (wanted < 2)
        {
            yield return new FileSplit(file);
            yield break;
        }

        long first = 0;
        foreach (IReadOnlyList<long> part in EvenCut.Of(groups, rows => rows, wanted))
        {
            yield return new FileSplit(file, first, part.Sum());
            first += part.Sum();
        }
    }

    /// <summary>
    /// None where our own reader declines the footer: then the file is read in one piece, and its reader says what is wrong with it.
    /// </summary>
    private static IReadOnlyList<long> RowGroups(string file)
    {
        using FileByteSource source = new(file);
        return ParquetFile.TryOpen(source, out _) is { } parquet ? [.. parquet.RowGroups.Select(group => group.Rows)] : [];
    }
}
