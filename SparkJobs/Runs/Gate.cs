using BatchScoring.Core;
using BatchScoring.Hosting;

namespace BatchScoring.SparkJobs.Runs;

/// <summary>Decides whether a result is held.</summary>
internal static class Gate
{
    /// <summary>What applies where nobody says otherwise.</summary>
    public static GateLimits Default { get; } = new() { MaxBadPercent = 1 };

    /// <summary>The limits that a user asked for.</summary>
    /// <exception cref="BatchScoringException"><c>OPTION_INVALID</c>: no limit can be that.</exception>
    public static GateLimits Of(long? maxBadRows, double maxBadPercent)
    {
        if (maxBadRows < 0) throw Invalid("--max-bad-rows", FormattableString.Invariant($"{maxBadRows}"), "a whole number, 0 or more");
        if (!(maxBadPercent is >= 0 and <= 100)) throw Invalid("--max-bad-percent", FormattableString.Invariant($"{maxBadPercent}"), "a number from 0 to 100, for example 0.5");
        return new GateLimits { MaxBadRows = maxBadRows, MaxBadPercent = maxBadPercent };
    }

    /// <summary>Why the gate closes, or null when it stays open.</summary>
    public static string? Closes(this GateLimits limits, long rowsRead, long setAside)
    {
        if (limits.MaxBadRows is { } rows && setAside > rows) return FormattableString.Invariant($"{setAside:N0} rows were set aside; allowed are {rows:N0}");
        double percent = rowsRead == 0 ? 0 : 100.0 * setAside / rowsRead;
        return percent > limits.MaxBadPercent
            ? FormattableString.Invariant($"{setAside:N0} of {rowsRead:N0} rows ({percent:0.##} %) were set aside; allowed are {limits.MaxBadPercent:0.##} %")
            : null;
    }

    private static BatchScoringException Invalid(string option, string found, string allowed) =>
        new(HostErrors.OptionInvalid, $"{option} is {found}; it must be {allowed}.");
}
