using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Sample;

internal static class SampleCommand
{
    public static Command Create(CommandHost host)
    {
        Option<string> date = JobOptions.Date();
        Option<bool> dryRun = JobOptions.DryRun();
        Command command = host.Create("sample",
            "Draws the new rows of a date from test/ into test_sample/. The same date always draws the same rows.",
            ["batch-score sample --date 2026-11-21"],
            (context, line, cancellation) => new SampleJob(context)
                .RunAsync(RunDate.Parse(line.GetRequiredValue(date), context.Time), line.GetValue(dryRun), cancellation));
        command.Add(date);
        command.Add(dryRun);
        return command;
    }
}
