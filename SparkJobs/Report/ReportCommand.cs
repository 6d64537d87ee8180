using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Report;

internal static class ReportCommand
{
    public static Command Create(CommandHost host)
    {
        Option<string> date = JobOptions.Date();
        Option<int?> revision = JobOptions.Revision();
        var open = new Option<bool>("--open") { Description = "Shows the page in the browser." };
        var output = new Option<string?>("--output") { Description = "Also writes the page to this local file.", HelpName = "FILE.html" };
        Option<bool> dryRun = JobOptions.DryRun();
        Command command = host.Create("report", "Tells how the scoring of a date went, with its quality once evaluated: text here, a page in the store.",
            ["batch-score report --date 2026-11-21 --open", "batch-score report --date 2026-11-21 --output report.html"],
            (context, line, cancellation) => new ReportJob(context).RunAsync(
                RunDate.Parse(line.GetRequiredValue(date)), line.GetValue(revision), line.GetValue(output), line.GetValue(open), line.GetValue(dryRun), cancellation));
        foreach (Option option in new Option[] { date, revision, open, output, dryRun }) command.Add(option);
        return command;
    }
}
