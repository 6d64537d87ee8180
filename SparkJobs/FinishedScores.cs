using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs;

/// <summary>The finished scores of one date or of several.</summary>
/// <param name="Dates">Of every date that has any, in the order of dates.</param>
/// <param name="Missing">Days of the range that have none: nobody scored them, or a gate holds them.</param>
internal sealed record FinishedScores(IReadOnlyList<Dataset> Dates, IReadOnlyList<RunDate> Missing)
{
    private const string DateStep = FolderLayout.Inferences + "run_date=";

    /// <summary>
    /// Finds them. Of one date there must be some; of a range at least one date must have some, since nobody scores every day. A date that
    /// is about to be replaced makes all of them "try again later".
    /// </summary>
    public static async Task<FinishedScores> FindAsync(IObjectStore store, DateRange range, int? revision, CancellationToken cancellation)
    {
        if (!range.IsRange) return new([await KnownDatasets.ScoresAsync(store, range.From, revision, cancellation)], []);
        List<Dataset> found = [];
        foreach (RunDate date in await DatesAsync(store, range, cancellation))
            found.Add(await KnownDatasets.ScoresAsync(store, date, null, cancellation));

        if (found.Count == 0)
        {
            throw new DatasetException(DatasetErrors.NotFound,
                $"No date from {range} has finished scores under {store.Options.Root}. See which have: batch-score status");
        }

        IEnumerable<RunDate> days = Enumerable.Range(0, range.To.DaysSince(range.From) + 1)
            .Select(day => new RunDate(range.From.Day.AddDays(day)));
        return new(found, [.. days.Except(found.Select(DateOf))]);
    }

    /// <summary>The date that a folder of scores is of.</summary>
    public static RunDate DateOf(Dataset scores) => RunDate.Parse(DateIn(scores.Folder));

    /// <summary>One listing, without a look at manifests, tells which dates have anything.</summary>
    private static async Task<IReadOnlyList<RunDate>> DatesAsync(IObjectStore store, DateRange range, CancellationToken cancellation)
    {
        SortedSet<RunDate> dates = [];
        await foreach (StoredObject listed in store.ListAsync(DateStep, cancellation))
        {
            if (DateOnly.TryParseExact(DateIn(listed.Key), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
                && new RunDate(day) is var date && date.CompareTo(range.From) >= 0 && date.CompareTo(range.To) <= 0)
                dates.Add(date);
        }

        return [.. dates];
    }

    private static string DateIn(string key) => key[DateStep.Length..].Split('/')[0];
}
