using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Tasks;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Sample;

/// <summary>Draws the slot of a date from the pool. Remembers nothing: the rule in the pool's manifest decides alone.</summary>
internal sealed class SampleJob(JobContext context)
{
    public async Task<JobOutcome> RunAsync(RunDate date, bool dryRun, CancellationToken cancellation)
    {
        Dataset pool = await KnownDatasets.PoolAsync(context.Store, cancellation);
        SamplingRule rule = KnownDatasets.Rule(pool);
        int slot = Slot(date, rule);
        PlannedInput input = await new InputPlanner(context)
            .PlanAsync(FolderLayout.Test, key: null, unsealed: false, new FolderRequest(), cancellation);
        DatasetColumn[] columns = [.. pool.Manifest!.Manifest.Columns.Where(column => column.Role != ColumnRole.Label)];
        var request = new RunRequest
        {
            Run = new RunId("sample", date, 1),
            Folder = FolderLayout.TestSample(date),
            Options = new JsonObject { ["slot"] = slot, ["slots"] = rule.Slots, ["salt"] = rule.Salt },
            Input = input,
            Producer = new TaskProducer(context, FilterTask.KindName, input, JsonSerializer.SerializeToElement(new FilterWork
            {
                Key = pool.Manifest!.Manifest.Key!,
                Salt = rule.Salt,
                Slots = rule.Slots,
                FirstSlot = slot,
                LastSlot = slot,
                Columns = [.. columns.Select(column => column.Name)],
                Folder = FolderLayout.TestSample(date),
            }, TasksJson.Default.FilterWork), keepsEveryRow: false),
            Columns = columns,
            Key = pool.Manifest!.Manifest.Key,
            Limits = Gate.Default,
        };
        if (dryRun)
            return RunText.Outcome(await new RunPipeline(context).LookAsync(request, cancellation))
                ?? JobOutcome.Ok(new JsonObject { ["folder"] = request.Folder, ["rows_to_read"] = input.Rows },
                $"would draw slot {slot} of {rule.Slots} from {input.Rows:N0} rows into {request.Folder}");
        return RunText.Outcome(await new RunPipeline(context).RunAsync(request, cancellation));
    }

    private static int Slot(RunDate date, SamplingRule rule)
    {
        var first = RunDate.Parse(rule.FirstDate);
        int slot = date.DaysSince(first);
        if (slot < 0)
            throw new BatchScoringException(JobErrors.SampleTooEarly,
                $"{date} lies before the pool's first date, {first}. Name {first} or a later date.");
        if (slot >= rule.Slots)
        {
            var last = new RunDate(first.Day.AddDays(rule.Slots - 1));
            throw new BatchScoringException(JobErrors.SamplePoolSpent, string.Create(CultureInfo.InvariantCulture,
                $"The pool is spent: it feeds {rule.Slots} date(s), {first} to {last}, each with 1/{rule.Slots} of its rows, and {date} " +
                $"comes after. Import new cases into a new root."));
        }

        return slot;
    }
}
