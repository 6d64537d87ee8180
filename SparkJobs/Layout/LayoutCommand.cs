using System.CommandLine;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Layout;

internal static class LayoutCommand
{
    public static Command Create(CommandHost host)
    {
        var parameters = new CommandParameters();
        Option<bool> dryRun = parameters.Add(JobOptions.DryRun());
        Command init = host.Create("init",
            "Prepares a root: checks that it can be written and keeps promises, and leaves layout.json there.",
            ["batch-score layout init --root ./bank", "batch-score layout init --root s3://bucket/prefix"],
            parameters, (context, line, cancellation) => new LayoutInitJob(context).RunAsync(line.GetValue(dryRun), cancellation));
        return new Command("layout", "The folders under a root.") { init };
    }
}
