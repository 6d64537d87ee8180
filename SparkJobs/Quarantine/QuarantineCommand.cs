using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Quarantine;

internal static class QuarantineCommand
{
    public static Command Create(CommandHost host)
    {
        var date = new Option<string?>("--date") { Description = "Only runs of that date; all by default.", HelpName = "DATE" };
        Command list = host.Create("list", "Lists the runs that set rows aside: how many, and for which reasons.",
            ["batch-score quarantine list", "batch-score quarantine list --date 2026-11-21 --format json"],
            (context, line, cancellation) => new QuarantineJob(context).ListAsync(
                line.GetValue(date) is { } text ? RunDate.Parse(text, context.Time) : null, cancellation));
        list.Add(date);

        var run = new Argument<string>("run") { Description = "A run as quarantine list names it, for example score-2026-11-21-r1." };
        var output = new Option<string>("--output")
        {
            Description = "The file to write: .csv or .parquet, or - for standard output as CSV.",
            Required = true,
            HelpName = "FILE"
        };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replaces a file that stands there." };
        Command export = host.Create("export", "Copies the rows that a run set aside into one local file, with reason, column and value.",
            ["batch-score quarantine export score-2026-11-21-r1 --output bad.csv",
                "batch-score quarantine export import-train-r1 --output - --quiet"],
            (context, line, cancellation) => new QuarantineJob(context).ExportAsync(
                line.GetRequiredValue(run), line.GetRequiredValue(output), line.GetValue(overwrite), cancellation));
        export.Add(run);
        export.Add(output);
        export.Add(overwrite);
        return new Command("quarantine", "The rows that runs set aside.") { list, export };
    }
}
