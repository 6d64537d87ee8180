using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Quarantine;

internal static class QuarantineCommand
{
    public static Command Create(CommandHost host) => new("quarantine", "The rows that runs set aside.") { List(host), Export(host) };

    private static Command List(CommandHost host)
    {
        var parameters = new CommandParameters();
        Option<string?> date = parameters.Text("--date", "DATE", "Only runs of that date; all by default.");
        return host.Create("list", "Lists the runs that set rows aside: how many, and for which reasons.",
            ["batch-score quarantine list", "batch-score quarantine list --date 2026-11-21 --format json"],
            parameters, (context, line, cancellation) => new QuarantineJob(context).ListAsync(
                line.GetValue(date) is { } text ? RunDate.Parse(text, context.Time) : null, cancellation));
    }

    private static Command Export(CommandHost host)
    {
        var parameters = new CommandParameters();
        Argument<string> run = parameters.Add(new Argument<string>("run")
        {
            Description = "A run as quarantine list names it, for example score-2026-11-21-r1.",
        });
        Option<string> output = parameters.RequiredText("--output", "FILE",
            "The file to write: .csv or .parquet, or - for standard output as CSV.");
        Option<bool> overwrite = parameters.Flag("--overwrite", "Replaces a file that stands there.");
        return host.Create("export", "Copies the rows that a run set aside into one local file, with reason, column and value.",
            ["batch-score quarantine export score-2026-11-21-r1 --output bad.csv",
                "batch-score quarantine export import-train-r1 --output - --quiet"],
            parameters, (context, line, cancellation) => new QuarantineJob(context).ExportAsync(
                line.GetRequiredValue(run), line.GetRequiredValue(output), line.GetValue(overwrite), cancellation));
    }
}
