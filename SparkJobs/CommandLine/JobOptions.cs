using System.CommandLine;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>Options that several jobs share.</summary>
internal static class JobOptions
{
    public static Option<string> Date() => new("--date") { Description = "The run date, yyyy-MM-dd.", Required = true, HelpName = "DATE" };

    public static Option<bool> DryRun() => new("--dry-run") { Description = "Says what would be done; writes nothing." };

    public static Option<int?> Revision() =>
        new("--revision") { Description = "The revision of the date; the highest finished one by default.", HelpName = "N" };

    public static Option<long?> MaxBadRows() =>
        new("--max-bad-rows") { Description = "Holds the result when more rows than this are set aside.", HelpName = "N" };

    public static Option<double> MaxBadPercent() => new("--max-bad-percent")
    {
        Description = "Holds the result when more percent of the rows than this are set aside; 1 by default.",
        HelpName = "P",
        DefaultValueFactory = _ => 1,
    };

    public static Option<string?> Release() =>
        new("--release") { Description = "Publishes a held result all the same; the reason is kept.", HelpName = "REASON" };
}
