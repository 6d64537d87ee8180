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
        var output = new Option<string>("--output")
        {
            Description = "The file to write: .csv or .parquet, or - for standard output as CSV.",
            Required = true,
            HelpName = "FILE"
        };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replaces a file that stands there." };
        Option<bool> dryRun = JobOptions.DryRun();
        Command command = host.Create("collect", "Copies the finished scores of a date into one local file, checking every part.",
            ["batch-score collect --date 2026-11-21 --output scores.csv",
                "batch-score collect --date 2026-11-21 --revision 1 --output scores.parquet --overwrite",
                "batch-score collect --date 2026-11-21 --output - --quiet"],
            (context, line, cancellation) => new CollectJob(context, new CollectOptions
            {
                Date = RunDate.Parse(line.GetRequiredValue(date), context.Time),
                Revision = line.GetValue(revision),
                Output = line.GetRequiredValue(output),
                Overwrite = line.GetValue(overwrite),
                DryRun = line.GetValue(dryRun),
            }).RunAsync(cancellation));
        foreach (Option option in new Option[] { date, revision, output, overwrite, dryRun }) command.Add(option);
        return command;
    }
}
