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
        var date = new Option<string?>("--date") { Description = "The run date, yyyy-MM-dd.", HelpName = "DATE" };
        var from = new Option<string?>("--from") { Description = "The first of several dates.", HelpName = "DATE" };
        var to = new Option<string?>("--to") { Description = "The last of them; by default the same as --from.", HelpName = "DATE" };
        var model = new Option<string>("--model") { Description = "A CatBoost model (.cbm).", Required = true, HelpName = "FILE" };
        var contract = new Option<string?>("--contract")
        {
            Description =
            "Value ranges and category rules per feature (JSON); rows outside are set aside.",
            HelpName = "FILE"
        };
        Option<long?> maxRows = JobOptions.MaxBadRows();
        Option<double> maxPercent = JobOptions.MaxBadPercent();
        Option<bool> dryRun = JobOptions.DryRun();
        Command command = host.Create("run", "Does all that a date needs: sample, score, evaluate when outcomes are there, report.",
            [
                "batch-score run --date 2026-11-21 --model model.cbm",
                "batch-score run --from 2026-11-21 --to 2026-11-25 --model model.cbm",
            ],
            (context, line, cancellation) => new RunJob(context, day => new ScoreOptions
            {
                Date = day,
                Model = line.GetRequiredValue(model),
                Contract = line.GetValue(contract),
                Limits = JobOptions.Limits(line.GetValue(maxRows), line.GetValue(maxPercent)),
                DryRun = line.GetValue(dryRun),
            }).RunAsync(Dates(line.GetValue(date), line.GetValue(from), line.GetValue(to)), line.GetValue(dryRun), cancellation));
        foreach (Option option in new Option[] { date, from, to, model, contract, maxRows, maxPercent, dryRun }) command.Add(option);
        return command;
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
