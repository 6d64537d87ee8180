using BatchScoring.Core;

namespace BatchScoring.Runs;

/// <summary>Decides whether a result is held.</summary>
public static class Gate
{
    /// <summary>What applies where nobody says otherwise.</summary>
    public static GateLimits Default { get; } = new() { MaxBadPercent = 1 };

    /// <summary>Why the gate closes, or null when it stays open.</summary>
    /// <param name="limits">What is allowed.</param>
    /// <param name="rowsRead">Rows that were looked at.</param>
    /// <param name="setAside">Rows that were set aside.</param>
    public static HoldReason? Closes(this GateLimits limits, long rowsRead, long setAside)
    {
        if (limits.MaxBadRows is { } rows && setAside > rows)
            return Held($"{setAside:N0} rows were set aside; allowed are {rows:N0}");
        double percent = rowsRead == 0 ? 0 : 100.0 * setAside / rowsRead;
        return percent > limits.MaxBadPercent
            ? Held($"{setAside:N0} of {rowsRead:N0} rows ({percent:0.##} %) were set aside; allowed are {limits.MaxBadPercent:0.##} %")
            : null;
    }

    private static HoldReason Held(FormattableString text) => new(RunErrors.Held, FormattableString.Invariant(text));
}
