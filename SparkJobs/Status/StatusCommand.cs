using System.CommandLine;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Status;

internal static class StatusCommand
{
    public static Command Create(CommandHost host) =>
        host.Create("status", "Says what stands where: dates, revisions, held results, pending parts, dates not drawn yet.",
        ["batch-score status", "batch-score status --format json"],
        new(), (context, _, cancellation) => new StatusJob(context).RunAsync(cancellation));
}
