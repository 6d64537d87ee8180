using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Retire;

internal static class RetireCommand
{
    private const int MostDays = 36_500;

    public static Command Create(CommandHost host)
    {
        var parameters = new CommandParameters();
        Option<TimeSpan> olderThan = parameters.Add(new Option<TimeSpan>("--older-than")
        {
            Description = "How long the revision that replaced it must have been finished, in days: 30d.",
            HelpName = "DAYS",
            Required = true,
            CustomParser = ReadDays,
        });
        Option<bool> dryRun = parameters.Add(JobOptions.DryRun());
        return host.Create("retire",
            "Removes the rows of scores that were replaced long ago; their manifests stay. Needs rights that jobs do not have: " +
            "s3-layout/retire-policy.json.",
            ["batch-score retire --older-than 30d --dry-run", "batch-score retire --older-than 365d --format json"],
            parameters, (context, line, cancellation) =>
                new RetireJob(context).RunAsync(line.GetRequiredValue(olderThan), line.GetValue(dryRun), cancellation));
    }

    private static TimeSpan ReadDays(ArgumentResult result)
    {
        string text = result.Tokens.Single().Value;
        if (text.EndsWith('d') && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int days)
            && days is >= 1 and <= MostDays)
            return TimeSpan.FromDays(days);
        result.AddError($"--older-than is '{text}'; it must be 1d to {MostDays}d, for example 30d.");
        return default;
    }
}
