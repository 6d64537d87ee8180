using System.Globalization;

namespace BatchScoring.Core;

/// <summary>The business date that a run stands for; written <c>yyyy-MM-dd</c> everywhere.</summary>
/// <param name="Day">The calendar day, without a time zone.</param>
public readonly record struct RunDate(DateOnly Day) : IComparable<RunDate>
{
    /// <summary>Reads <c>yyyy-MM-dd</c> and nothing else.</summary>
    /// <exception cref="BatchScoringException">Code <c>RUN_DATE_INVALID</c>.</exception>
    public static RunDate Parse(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? new RunDate(day)
            : throw new BatchScoringException("RUN_DATE_INVALID", ExitCode.Usage,
                $"The run date '{text}' is not a date. Write it as yyyy-MM-dd, for example 2026-11-21.");

    /// <summary>Whole days from <paramref name="first"/> to this date; negative before it.</summary>
    public int DaysSince(RunDate first) => Day.DayNumber - first.Day.DayNumber;

    /// <inheritdoc/>
    public int CompareTo(RunDate other) => Day.CompareTo(other.Day);

    /// <inheritdoc/>
    public override string ToString() => Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
