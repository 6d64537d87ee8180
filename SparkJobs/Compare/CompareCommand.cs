using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Compare;

internal static class CompareCommand
{
    public static Command Create(CommandHost host)
    {
        var date = new Argument<string>("DATE") { Description = "The run date whose scores are looked at, yyyy-MM-dd." };
        var other = new Argument<string?>("DATE|REVISION")
        {
            Description = "What they are compared with: another date, or a revision of the same date; by default the revision before, or " +
                "the last date before that has scores.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<int?> revision = JobOptions.Revision();
        Command command = host.Create("compare",
            "Compares the scores of a date with those of another date or revision: bands, stability, rank order, the rows that moved most.",
            ["batch-score compare 2026-11-21", "batch-score compare 2026-11-21 2026-11-14",
                "batch-score compare 2026-11-21 1 --format json"],
            (context, line, cancellation) => new CompareJob(context)
                .RunAsync(RunDate.Parse(line.GetRequiredValue(date), context.Time), line.GetValue(revision), line.GetValue(other),
                    cancellation));
        command.Add(date);
        command.Add(other);
        command.Add(revision);
        return command;
    }
}
