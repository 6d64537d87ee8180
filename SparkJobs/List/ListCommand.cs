using System.CommandLine;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.List;

internal static class ListCommand
{
    public static Command Create(CommandHost host) =>
        host.Create("list", "Lists the datasets under a root: state, rows, when they were made.",
        ["batch-score list", "batch-score list --format json"],
        new(), (context, _, cancellation) => new ListJob(context).RunAsync(cancellation));
}
