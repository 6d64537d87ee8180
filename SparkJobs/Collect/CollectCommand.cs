using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Collect;

internal static class CollectCommand
{
    public static Command Create(CommandHost host)
    {
        Option<string> date = JobOptions.Date();
        Option<int?> revision = JobOptions.Revision();
        var output = new Option<string>("--output") { Description = "The file to write: .csv or .parquet.", Required = true, HelpName = "FILE" };
        Option<bool> dryRun = JobOptions.DryRun();
        Command command = host.Create("collect", "Copies the finished scores of a date into one local file, checking every part.",
            ["batch-score collect --date 2026-11-21 --output scores.csv", "batch-score collect --date 2026-11-21 --revision 1 --output scores.parquet"],
            (context, line, cancellation) => new CollectJob(context).RunAsync(
                RunDate.Parse(line.GetRequiredValue(date), context.Time), line.GetValue(revision), line.GetRequiredValue(output), line.GetValue(dryRun), cancellation));
        foreach (Option option in new Option[] { date, revision, output, dryRun }) command.Add(option);
        return command;
    }
}
