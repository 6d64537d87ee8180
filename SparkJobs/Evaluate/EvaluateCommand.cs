using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Evaluate;

internal static class EvaluateCommand
{
    public static Command Create(CommandHost host)
    {
        Option<string> date = JobOptions.Date();
        Option<int?> revision = JobOptions.Revision();
        Option<bool> dryRun = JobOptions.DryRun();
        Command command = host.Create("evaluate", "Compares the scores of a date with the outcomes in test/.",
            ["batch-score evaluate --date 2026-11-21", "batch-score evaluate --date 2026-11-21 --format json"],
            (context, line, cancellation) => new EvaluateJob(context)
                .RunAsync(RunDate.Parse(line.GetRequiredValue(date), context.Time), line.GetValue(revision), line.GetValue(dryRun),
                    cancellation));
        command.Add(date);
        command.Add(revision);
        command.Add(dryRun);
        return command;
    }
}
