using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Parts;

internal static class PartsCommand
{
    public static Command Create(CommandHost host)
    {
        var parameters = new CommandParameters();
        var dates = new DateRangeOptions(parameters);
        Option<int?> hours = parameters.Add(new Option<int?>("--presign")
        {
            HelpName = "HOURS",
            Description = "Web addresses that read the files without credentials for so many hours (1 to 168; S3 only). Whoever has one reads it.",
        });
        return host.Create("parts", "Prints the files that hold the finished scores of a date, one a line: for tools that take a list of files.",
            ["batch-score parts --date 2026-11-21", "batch-score parts --from 2026-11-01 --to 2026-11-30 --format json",
                "batch-score parts --date 2026-11-21 --presign 12 --quiet | xargs -n1 curl -sO"],
            parameters, (context, line, cancellation) => new PartsJob(context).RunAsync(
                dates.Read(line, context.Time), dates.Revision(line), Valid(line.GetValue(hours)), cancellation));
    }

    private static TimeSpan? Valid(int? hours) => hours is null or (>= 1 and <= 168)
        ? hours is { } some ? TimeSpan.FromHours(some) : null
        : throw new BatchScoringException(HostErrors.OptionInvalid, $"--presign is {hours}; it must be 1 to 168 hours, which is what S3 allows.");
}
