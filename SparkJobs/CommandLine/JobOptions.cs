using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.Hosting;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>Options that several jobs share.</summary>
internal static class JobOptions
{
    public static Option<string> Date() =>
        new("--date") { Description = "The run date: yyyy-MM-dd, today or yesterday (in UTC).", Required = true, HelpName = "DATE" };

    public static Option<bool> DryRun() => new("--dry-run") { Description = "Says what would be done; writes nothing." };

    public static Option<int?> Revision() =>
        new("--revision") { Description = "The revision of the date; the highest finished one by default.", HelpName = "N" };

    public static Option<long?> MaxBadRows() =>
        new("--max-bad-rows") { Description = "Holds the result when more rows than this are set aside.", HelpName = "N" };

    public static Option<double> MaxBadPercent() => new("--max-bad-percent")
    {
        Description = "Holds the result when more percent of the rows than this are set aside; 1 by default.",
        HelpName = "P",
        CustomParser = result => CommandParameters.ReadNumber(result) ?? 0,
        DefaultValueFactory = _ => 1,
    };

    /// <summary>The limits of the gate that a user asked for.</summary>
    /// <exception cref="BatchScoringException"><c>OPTION_INVALID</c>: no limit can be that.</exception>
    public static GateLimits Limits(long? maxBadRows, double maxBadPercent)
    {
        if (maxBadRows < 0) throw Invalid("--max-bad-rows", FormattableString.Invariant($"{maxBadRows}"), "a whole number, 0 or more");
        return maxBadPercent is >= 0 and <= 100
            ? new GateLimits { MaxBadRows = maxBadRows, MaxBadPercent = maxBadPercent }
            : throw Invalid("--max-bad-percent", FormattableString.Invariant($"{maxBadPercent}"),
                "a number from 0 to 100, for example 0.5");
    }

    /// <summary>A reason that says something, or null where the option was not given.</summary>
    /// <exception cref="BatchScoringException"><c>REASON_MISSING</c>: it is blank.</exception>
    public static string? Given(Option<string?> option, string? reason) => reason is null || !string.IsNullOrWhiteSpace(reason)
        ? reason
        : throw new BatchScoringException(JobErrors.ReasonMissing,
            $"{option.Name} needs a reason in words: it is kept beside the result, with who gave it.");

    public static Option<string?> Release() =>
        new("--release") { Description = "Publishes a held result all the same; the reason is kept.", HelpName = "REASON" };

    private static BatchScoringException Invalid(string option, string found, string allowed) =>
        new(HostErrors.OptionInvalid, $"{option} is {found}; it must be {allowed}.");
}
