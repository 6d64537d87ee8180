using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Evaluate;
using BatchScoring.SparkJobs.Report;
using BatchScoring.SparkJobs.Sample;
using BatchScoring.SparkJobs.Score;

namespace BatchScoring.SparkJobs.Run;

/// <summary>
/// A date from its new rows to its report: the jobs that one would type one after the other, each of which does nothing where its result
/// stands. The first that is held or fails ends the date.
/// </summary>
internal sealed class RunJob(JobContext context, Func<RunDate, ScoreOptions> scoring)
{
    /// <summary>No outcome is known yet, or none ever will be: a date is complete without an evaluation.</summary>
    private static readonly ErrorCode[] NoOutcomes = [JobErrors.OutcomesMissing, JobErrors.LabelMissing];

    public async Task<JobOutcome> RunAsync(IReadOnlyList<RunDate> dates, bool dryRun, CancellationToken cancellation)
    {
        var lines = new List<string>();
        var notes = new List<string>();
        var stages = new JsonArray();
        ExitCode exit = ExitCode.Ok;
        foreach (RunDate date in dates)
        {
            await foreach ((string job, JobOutcome outcome) in StagesAsync(date, dryRun, cancellation))
            {
                lines.AddRange(outcome.Lines);
                notes.AddRange(outcome.Notes.Except(notes, StringComparer.Ordinal));
                stages.Add((JsonNode)new JsonObject
                {
                    ["date"] = date.ToString(),
                    ["job"] = job,
                    ["exit_code"] = (int)outcome.ExitCode,
                    ["result"] = outcome.Json?.DeepClone()
                });
                exit = outcome.ExitCode;
            }

            // Later dates wait: whoever is asked about a held one may want to stop there.
            if (exit != ExitCode.Ok) break;
        }

        return new JobOutcome(exit, lines, new JsonObject { ["stages"] = stages }) { Notes = notes };
    }

    private async IAsyncEnumerable<(string Job, JobOutcome Outcome)> StagesAsync(
        RunDate date, bool dryRun, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        context.Begin();
        if (!await IsDeliveredAsync(date, cancellation))
            yield return ("sample", await new SampleJob(context).RunAsync(date, dryRun, cancellation));
        context.Begin();
        JobOutcome scored = await new ScoreJob(context, scoring(date)).RunAsync(cancellation);
        yield return ("score", scored);
        // A dry run has published nothing that could be evaluated.
        if (dryRun) yield break;
        context.Begin();
        if (scored.ExitCode == ExitCode.Ok) yield return ("evaluate", await EvaluateAsync(date, cancellation));
        yield return ("report", await new ReportJob(context, new ReportOptions { Revision = scoring(date).Revision })
            .RunAsync(date, cancellation) with
        { ExitCode = scored.ExitCode });
    }

    private async Task<JobOutcome> EvaluateAsync(RunDate date, CancellationToken cancellation)
    {
        try
        {
            return await new EvaluateJob(context).RunAsync(date, scoring(date).Revision, dryRun: false, cancellation);
        }
        catch (BatchScoringException e) when (NoOutcomes.Contains(e.Error))
        {
            return JobOutcome.Ok(new JsonObject { ["skipped"] = e.Code }, $"evaluate-{date}: not yet. {e.Message}");
        }
    }

    /// <summary>True where somebody else has put the rows of the date: then there is nothing to draw.</summary>
    private async Task<bool> IsDeliveredAsync(RunDate date, CancellationToken cancellation) =>
        (await new DatasetReader(context.Store).RevisionsAsync(FolderLayout.TestSample(date), cancellation))
            .Any(sample => sample.Condition is DatasetCondition.SealedElsewhere or DatasetCondition.Unsealed);
}
