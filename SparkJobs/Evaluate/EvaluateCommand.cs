using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Evaluate;

internal static class EvaluateCommand
{
    public static Command Create(CommandHost host)
    {
        var parameters = new CommandParameters();
        Option<string> date = parameters.Add(JobOptions.Date());
        Option<int?> revision = parameters.Add(JobOptions.Revision());
        Option<bool> dryRun = parameters.Add(JobOptions.DryRun());
        return host.Create("evaluate", "Compares the scores of a date with the outcomes in test/.",
            ["batch-score evaluate --date 2026-11-21", "batch-score evaluate --date 2026-11-21 --format json"],
            parameters, (context, line, cancellation) => new EvaluateJob(context)
                .RunAsync(RunDate.Parse(line.GetRequiredValue(date), context.Time), line.GetValue(revision), line.GetValue(dryRun),
                    cancellation));
    }
}
