using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Verify;

internal static class VerifyCommand
{
    public static Command Create(CommandHost host)
    {
        var parameters = new CommandParameters();
        Option<string?> date = parameters.Text("--date", "DATE", "Only the sample and the scores of that date; everything by default.");
        return host.Create("verify", "Reads every part of what was published again and compares its SHA-256 with the manifest.",
            ["batch-score verify", "batch-score verify --date 2026-11-21"],
            parameters, (context, line, cancellation) =>
                new VerifyJob(context).RunAsync(line.GetValue(date) is { } text ? RunDate.Parse(text, context.Time) : null, cancellation));
    }
}
