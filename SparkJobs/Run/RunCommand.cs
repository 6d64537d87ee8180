using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Score;

namespace BatchScoring.SparkJobs.Run;

internal static class RunCommand
{
    public static Command Create(CommandHost host)
    {
        var parameters = new CommandParameters();
        Option<string?> date = parameters.Text("--date", "DATE", "The run date, yyyy-MM-dd.");
        Option<string?> from = parameters.Text("--from", "DATE", "The first of several dates.");
        Option<string?> to = parameters.Text("--to", "DATE", "The last of them; by default the same as --from.");
        Option<string> model = parameters.RequiredText("--model", "FILE", "A CatBoost model (.cbm or .json).");
        Option<string?> contract = parameters.Text("--contract", "FILE",
            "Value ranges and category rules per feature (JSON); rows outside are set aside.");
        Option<long?> maxRows = parameters.Add(JobOptions.MaxBadRows());
        Option<double> maxPercent = parameters.Add(JobOptions.MaxBadPercent());
        Option<bool> dryRun = parameters.Add(JobOptions.DryRun());
        return host.Create("run", "Does all that a date needs: sample, score, evaluate when outcomes are there, report.",
            [
                "batch-score run --date 2026-11-21 --model model.cbm",
                "batch-score run --from 2026-11-21 --to 2026-11-25 --model model.cbm",
            ],
            parameters, (context, line, cancellation) => new RunJob(context, day => new ScoreOptions
            {
                Date = day,
                Model = line.GetRequiredValue(model),
                Contract = line.GetValue(contract),
                Limits = JobOptions.Limits(line.GetValue(maxRows), line.GetValue(maxPercent)),
                DryRun = line.GetValue(dryRun),
            }).RunAsync(Dates(line.GetValue(date), line.GetValue(from), line.GetValue(to)), line.GetValue(dryRun), cancellation));
    }

    /// <summary>The dates that the options name, first to last.</summary>
    internal static IReadOnlyList<RunDate> Dates(string? date, string? from, string? to)
    {
        if (date is null == from is null || (to is not null && from is null))
            throw new BatchScoringException(HostErrors.OptionInvalid, "Give either --date DATE, or --from DATE with --to DATE.");
        var first = RunDate.Parse(date ?? from!);
        var last = RunDate.Parse(to ?? date ?? from!);
        int days = last.DaysSince(first);
        return days >= 0
            ? [.. Enumerable.Range(0, days + 1).Select(day => new RunDate(first.Day.AddDays(day)))]
            : throw new BatchScoringException(HostErrors.OptionInvalid, $"--to {last} lies before --from {first}.");
    }
}
