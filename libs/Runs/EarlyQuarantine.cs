namespace BatchScoring.Runs;

/// <summary>Rows that were set aside while the input was made ready (import).</summary>
/// <param name="SourceRows">Rows that were looked at, these and the good ones.</param>
/// <param name="Counts">By code.</param>
/// <param name="LocalFile">The rows with code, column and value.</param>
public sealed record EarlyQuarantine(long SourceRows, IReadOnlyDictionary<string, long> Counts, string LocalFile)
{
    /// <summary>How many were set aside.</summary>
    public long Rows => Counts.Values.Sum();
}
