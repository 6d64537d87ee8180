using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Hosting;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Report;

namespace BatchScoring.SparkJobs.Compare;

/// <summary>Puts two published score datasets side by side. Only reads.</summary>
internal sealed class CompareJob(JobContext context)
{
    public async Task<JobOutcome> RunAsync(RunDate date, int? revision, string? other, CancellationToken cancellation)
    {
        Dataset now = await KnownDatasets.ScoresAsync(context.Store, date, revision, cancellation);
        Dataset then = await OtherAsync(date, now, other, cancellation);
        if (then.Folder == now.Folder)
            throw new BatchScoringException(HostErrors.OptionInvalid,
                $"{now.Folder} would be compared with itself. Name another date or revision.");
        RequireScores(now);
        RequireScores(then);
        CreditPolicy? policy = await CreditPolicy.ReadAsync(context.Store, cancellation);
        Comparison comparison = await new ScorePair(context, then, now).CompareAsync(policy, cancellation);
        return JobOutcome.Ok(ComparisonText.Json(comparison), ComparisonText.Lines(comparison));
    }

    private async Task<Dataset> OtherAsync(RunDate date, Dataset now, string? other, CancellationToken cancellation)
    {
        if (other is null) return await BeforeAsync(date, now, cancellation);
        return int.TryParse(other, NumberStyles.None, CultureInfo.InvariantCulture, out int revision)
            ? await KnownDatasets.ScoresAsync(context.Store, date, revision, cancellation)
            : await KnownDatasets.ScoresAsync(context.Store, RunDate.Parse(other, context.Time), null, cancellation);
    }

    /// <summary>The revision before; of a first revision, the last date before that has scores.</summary>
    private async Task<Dataset> BeforeAsync(RunDate date, Dataset now, CancellationToken cancellation)
    {
        if (now.Revision > 1) return await KnownDatasets.ScoresAsync(context.Store, date, now.Revision - 1, cancellation);
        DatasetReader reader = new(context.Store);
        for (int ago = 1; ago <= ScoreHistory.Days; ago++)
        {
            IReadOnlyList<Dataset> found =
                await reader.RevisionsAsync(FolderLayout.Inference(new RunDate(date.Day.AddDays(-ago))), cancellation);
            if (found.FirstOrDefault(dataset => dataset.Condition == DatasetCondition.Sealed) is { } last) return last;
        }

        throw new BatchScoringException(HostErrors.OptionInvalid,
            $"No date of the {ScoreHistory.Days} days before {date} has scores to compare with. Name a date: batch-score compare {date} DATE.");
    }

    private static void RequireScores(Dataset scores)
    {
        if (!scores.Manifest!.Manifest.Columns.Any(column => column.Name == "score"))
            throw new BatchScoringException(JobErrors.ScoreNotBinary,
                $"{scores.Folder} holds one score column per class; compare needs one score per row.");
        if (scores.IsEmpty)
            throw new BatchScoringException(JobErrors.ScoresEmpty, $"{scores.Folder} holds no rows, so there is nothing to compare.");
    }
}
