using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Compare;

internal static class CompareCommand
{
    public static Command Create(CommandHost host)
    {
        var parameters = new CommandParameters();
        Argument<string> date = parameters.Add(new Argument<string>("DATE")
        {
            Description = "The run date whose scores are looked at, yyyy-MM-dd.",
        });
        Argument<string?> other = parameters.Add(new Argument<string?>("DATE|REVISION")
        {
            Description = "What they are compared with: another date, or a revision of the same date; by default the revision before, or " +
                "the last date before that has scores.",
            Arity = ArgumentArity.ZeroOrOne,
        });
        Option<int?> revision = parameters.Add(JobOptions.Revision());
        return host.Create("compare",
            "Compares the scores of a date with those of another date or revision: bands, stability, rank order, the rows that moved most.",
            ["batch-score compare 2026-11-21", "batch-score compare 2026-11-21 2026-11-14",
                "batch-score compare 2026-11-21 1 --format json"],
            parameters, (context, line, cancellation) => new CompareJob(context)
                .RunAsync(RunDate.Parse(line.GetRequiredValue(date), context.Time), line.GetValue(revision), line.GetValue(other),
                    cancellation));
    }
}
