using BatchScoring.Core;
using BatchScoring.SparkJobs.Runs;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Import;

/// <summary>
/// The good rows, typed, as input of the two runs that make train/ and test/. Both are made before anything is published. With a share of
/// keys both runs read the same files and the tasks choose.
/// </summary>
internal sealed record ImportSets(IReadOnlyList<SplitInput> Train, IReadOnlyList<SplitInput> Test)
{
    /// <param name="store">The store of the runs.</param>
    /// <param name="source">Where the rows come from.</param>
    /// <param name="columns">What every column becomes.</param>
    /// <param name="bad">The rows to leave out.</param>
    /// <param name="picked">The rows for test/, decided; null for a share of keys.</param>
    /// <param name="folder">A local folder.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static async Task<ImportSets> MakeAsync(
        IObjectStore store, SourceTable source, IReadOnlyList<ImportColumn> columns, BadRows bad, TestRows? picked, string folder, CancellationToken cancellation)
    {
        if (picked is null)
        {
            IReadOnlyList<SplitInput> all = await WriteAsync("all", null);
            RequireSum(source.Rows, Rows(all), 0, bad.Total);
            return new ImportSets(all, all);
        }

        var sets = new ImportSets(
            await WriteAsync("train", (file, first, end) => picked.Picks(file, first, end, test: false)),
            await WriteAsync("test", (file, first, end) => picked.Picks(file, first, end, test: true)));
        RequireSum(source.Rows, Rows(sets.Train), Rows(sets.Test), bad.Total);
        return sets;

        Task<IReadOnlyList<SplitInput>> WriteAsync(string set, Func<SourceFile, long, long, string>? picks) =>
            TypedFiles.WriteAsync(store, source, columns, bad, picks, Path.Combine(folder, set), cancellation);
    }

    /// <summary>Every row of the source is in one of the two sets, once, or set aside.</summary>
    public static void RequireSum(long source, long train, long test, long setAside)
    {
        if (train + test + setAside == source) return;
        throw new BatchScoringException(RunErrors.RowsDoNotAddUp,
            $"The source has {source} rows, but {train} for train/, {test} for test/ and {setAside} set aside make {train + test + setAside}. " +
            "Do not use this root; import into a new one. A --test-where that answers differently each time cannot go on after an interruption.");
    }

    public static long Rows(IReadOnlyList<SplitInput> splits) => splits.Sum(split => split.Rows);
}
