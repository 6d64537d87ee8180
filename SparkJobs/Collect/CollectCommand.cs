using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Collect;

internal static class CollectCommand
{
    public static Command Create(CommandHost host)
    {
        var parameters = new CommandParameters();
        Option<string> date = parameters.Add(JobOptions.Date());
        Option<int?> revision = parameters.Add(JobOptions.Revision());
        Option<string> output = parameters.RequiredText("--output", "FILE",
            "The file to write: .csv or .parquet, or - for standard output as CSV.");
        Option<bool> overwrite = parameters.Flag("--overwrite", "Replaces a file that stands there.");
        Option<bool> dryRun = parameters.Add(JobOptions.DryRun());
        return host.Create("collect", "Copies the finished scores of a date into one local file, checking every part.",
            ["batch-score collect --date 2026-11-21 --output scores.csv",
                "batch-score collect --date 2026-11-21 --revision 1 --output scores.parquet --overwrite",
                "batch-score collect --date 2026-11-21 --output - --quiet"],
            parameters, (context, line, cancellation) => new CollectJob(context, new CollectOptions
            {
                Date = RunDate.Parse(line.GetRequiredValue(date), context.Time),
                Revision = line.GetValue(revision),
                Output = line.GetRequiredValue(output),
                Overwrite = line.GetValue(overwrite),
                DryRun = line.GetValue(dryRun),
            }).RunAsync(cancellation));
    }
}
