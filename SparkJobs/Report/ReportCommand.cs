using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Report;

internal static class ReportCommand
{
    public static Command Create(CommandHost host)
    {
        var parameters = new CommandParameters();
        Option<string> date = parameters.Add(JobOptions.Date());
        date.Required = false;
        Option<bool> index = parameters.Flag("--index", "Makes one page over all dates, artifacts/index.html, with links to their pages.");
        Option<int?> revision = parameters.Add(JobOptions.Revision());
        Option<bool> open = parameters.Flag("--open", "Shows the page in the browser.");
        Option<string?> output = parameters.Text("--output", "FILE.html", "Also writes the page to this local file.");
        Option<string?> charts = parameters.Text("--charts", "FOLDER", "Also writes every chart as an image (PNG) into this local folder.");
        Option<bool> overwrite = parameters.Flag("--overwrite", "Lets --output and --charts replace files.");
        Option<bool> dryRun = parameters.Add(JobOptions.DryRun());
        Command command = host.Create("report",
            "Tells how the scoring of a date went, with its quality once evaluated: text here, a page in the store.",
            ["batch-score report --date 2026-11-21 --open", "batch-score report --date 2026-11-21 --output report.html --charts charts",
                "batch-score report --index"],
            parameters, (context, line, cancellation) =>
            {
                ReportOptions options = new()
                {
                    Revision = line.GetValue(revision),
                    Output = line.GetValue(output),
                    Charts = line.GetValue(charts),
                    Overwrite = line.GetValue(overwrite),
                    Open = line.GetValue(open),
                    DryRun = line.GetValue(dryRun),
                };
                return line.GetValue(index)
                    ? new ReportIndexJob(context, options).RunAsync(cancellation)
                    : new ReportJob(context, options).RunAsync(RunDate.Parse(line.GetValue(date)!, context.Time), cancellation);
            });
        command.Validators.Add(result =>
        {
            if (result.GetResult(date) is null == result.GetResult(index) is null)
                result.AddError("Say which date: --date DATE. Or --index for a page over all dates.");
            Option[] ofADate = [revision, open, output, charts, overwrite];
            if (result.GetResult(index) is null) return;
            if (ofADate.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } one)
                result.AddError($"{one.Name} is for the page of a date; --index makes one page over all of them, in the root.");
        });
        return command;
    }
}
