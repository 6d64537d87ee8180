using System.CommandLine;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Recover;

internal static class RecoverCommand
{
    public static Command Create(CommandHost host)
    {
        var parameters = new CommandParameters();
        Option<bool> dryRun = parameters.Add(JobOptions.DryRun());
        return host.Create("recover", "Finishes every publish that was interrupted after its manifest. Safe at any time.",
            ["batch-score recover", "batch-score recover --dry-run"],
            parameters, (context, line, cancellation) => new RecoverJob(context).RunAsync(line.GetValue(dryRun), cancellation));
    }
}
