namespace BatchScoring.Statistics;

/// <summary>Data that a statistic is not defined for. The message says what was found, where, and what to do.</summary>
/// <param name="code">Stable code, <c>STATISTICS_…</c>, listed in docs/operate/errors.md.</param>
/// <param name="message">The text for people.</param>
public sealed class StatisticsException(string code, string message) : Exception(message)
{
    /// <summary>Stable code, for example <c>STATISTICS_ONE_CLASS</c>.</summary>
    public string Code { get; } = code;
}
