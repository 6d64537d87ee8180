using System.CommandLine;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Clean;

internal static class CleanCommand
{
    /// <summary>A hundred years: no pending part is older, and far above it dates end.</summary>
    private const int MostDays = 36_500;

    public static Command Create(CommandHost host)
    {
        var parameters = new CommandParameters();
        Option<int> days = parameters.Add(new Option<int>("--older-than-days")
        {
            Description = "Only what is older; 7 by default.",
            HelpName = "N",
            DefaultValueFactory = _ => 7,
        });
        days.Validators.Add(result =>
        {
            if (result.GetValue(days) is < 0 or > MostDays)
                result.AddError($"--older-than-days is {result.GetValue(days)}; it must be 0 to {MostDays}.");
        });
        Option<bool> dryRun = parameters.Add(JobOptions.DryRun());
        return host.Create("clean",
            "Removes what dead runs and ended submissions left and nobody waits for: old pending parts, talks with drivers, probes, logs " +
            "of submit.",
            ["batch-score clean --dry-run", "batch-score clean --older-than-days 30"],
            parameters, (context, line, cancellation) =>
                new CleanJob(context).RunAsync(TimeSpan.FromDays(line.GetValue(days)), line.GetValue(dryRun), cancellation));
    }
}
