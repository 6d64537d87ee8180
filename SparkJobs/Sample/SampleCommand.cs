using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Sample;

internal static class SampleCommand
{
    public static Command Create(CommandHost host)
    {
        var parameters = new CommandParameters();
        Option<string> date = parameters.Add(JobOptions.Date());
        Option<bool> dryRun = parameters.Add(JobOptions.DryRun());
        return host.Create("sample",
            "Draws the new rows of a date from test/ into test_sample/. The same date always draws the same rows.",
            ["batch-score sample --date 2026-11-21"],
            parameters, (context, line, cancellation) => new SampleJob(context)
                .RunAsync(RunDate.Parse(line.GetRequiredValue(date), context.Time), line.GetValue(dryRun), cancellation));
    }
}
