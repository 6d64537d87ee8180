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
            : throw new BatchScoringException(CoreErrors.RunDateInvalid,
                $"The run date '{text}' is not a date. Write it as yyyy-MM-dd, for example 2026-11-21, or say today or yesterday.");

    /// <summary>
    /// Reads what people write: <c>yyyy-MM-dd</c>, <c>today</c> or <c>yesterday</c>. A day begins and ends in UTC, wherever the program
    /// runs.
    /// </summary>
    /// <param name="text">What was written.</param>
    /// <param name="time">Knows what today is.</param>
    /// <exception cref="BatchScoringException">Code <c>RUN_DATE_INVALID</c>.</exception>
    public static RunDate Parse(string text, TimeProvider time)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return text switch
        {
            "today" => new RunDate(today),
            "yesterday" => new RunDate(today.AddDays(-1)),
            _ => Parse(text),
        };
    }

    /// <summary>Whole days from <paramref name="first"/> to this date; negative before it.</summary>
    public int DaysSince(RunDate first) => Day.DayNumber - first.Day.DayNumber;

    /// <inheritdoc/>
    public int CompareTo(RunDate other) => Day.CompareTo(other.Day);

    /// <inheritdoc/>
    public override string ToString() => Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
