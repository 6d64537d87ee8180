namespace BatchScoring.SparkJobs.Runs;

/// <summary>How many rows may be set aside before a result is held.</summary>
/// <param name="MaxRows">Rows; null for no limit of this kind.</param>
/// <param name="MaxPercent">Percent of the rows read.</param>
internal sealed record Gate(long? MaxRows = null, double MaxPercent = 1)
{
    /// <summary>Why the gate closes, or null when it stays open.</summary>
    public string? Closes(long rowsRead, long setAside)
    {
        if (MaxRows is { } rows && setAside > rows) return $"{setAside:N0} rows were set aside; allowed are {rows:N0}";
        double percent = rowsRead == 0 ? 0 : 100.0 * setAside / rowsRead;
        return percent > MaxPercent
            ? FormattableString.Invariant($"{setAside:N0} of {rowsRead:N0} rows ({percent:0.##} %) were set aside; allowed are {MaxPercent:0.##} %")
            : null;
    }
}
