namespace BatchScoring.Reporting;

/// <summary>A quality figure.</summary>
/// <param name="Name">As users know it: <c>AUC</c>, <c>Gini</c>, <c>KS</c> …</param>
/// <param name="Value">The figure. Shown with four decimals at a glance, and to the last bit in the table and in JSON.</param>
/// <param name="Meaning">What it says and which way is better, in a few words.</param>
/// <param name="Detail">What belongs to it, for example <c>at score 0.2134</c>.</param>
/// <param name="Lower">Lower end of its 95 % interval; null when there is none.</param>
/// <param name="Upper">Upper end of its 95 % interval; null when there is none.</param>
public sealed record ReportMetric(string Name, double Value, string Meaning, string? Detail = null, double? Lower = null,
    double? Upper = null)
{
    /// <summary>At a glance, with no more digits than the interval bears.</summary>
    internal string Glance => Digits(Value);

    /// <summary>True when it rests on so few rows that more than two decimals would say nothing, whatever its interval.</summary>
    public bool FewRows { get; init; }

    /// <summary>True when two decimals are all that it bears.</summary>
    internal bool IsRough => FewRows || Upper - Lower > 0.1;

    /// <summary>The interval in words; null when there is none.</summary>
    internal string? Interval => Lower is { } lower && Upper is { } upper
        ? $"95{Figures.Space}%: {Digits(lower)} to {Digits(upper)}"
        : null;

    private string Digits(double value) => IsRough ? Figures.Rough(value) : Figures.Metric(value);
}
