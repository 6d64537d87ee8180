using System.Globalization;

namespace BatchScoring.Reporting;

/// <summary>How numbers, times and dates look in every report.</summary>
internal static class Figures
{
    /// <summary>Between a number and its unit: keeps both on one line.</summary>
    public const char Space = '\u00A0';

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Count(long value) => value.ToString("N0", Culture);

    /// <summary>At a glance: four decimals.</summary>
    public static string Metric(double value) =>
        double.IsInfinity(value) ? (value > 0 ? "∞" : "−∞") : Minus(value.ToString("0.0000", Culture));

    /// <summary>Where more digits would say nothing: two decimals.</summary>
    public static string Rough(double value) => double.IsInfinity(value) ? Metric(value) : Minus(value.ToString("0.00", Culture));

    /// <summary>To the last bit.</summary>
    public static string Exact(double value) => value.ToString("R", Culture);

    /// <summary>In a table: four decimals, so that points stand under each other.</summary>
    public static string Score(double value)
    {
        if (double.IsInfinity(value)) return Metric(value);
        double size = Math.Abs(value);
        return Minus(value.ToString(size >= 1000 ? "N0" : size is > 0 and < 0.00005 ? "0.0e-0" : "0.0000", Culture));
    }

    /// <summary>On an axis: as short as it can be.</summary>
    public static string Tick(double value) => Minus(value.ToString(Math.Abs(value) >= 1000 ? "N0" : "G4", Culture));

    public static string Factor(double value) => value.ToString("0.00", Culture) + Space + "×";

    /// <summary>A share of a whole; what is not nothing never shows as 0, what is not all never as 100.</summary>
    public static string Percent(double share)
    {
        if (share > 0 && share < 0.0005) return $"<{Space}0.1{Space}%";
        if (share < 1 && share >= 0.9995) return $">{Space}99.9{Space}%";
        return (share * 100).ToString("0.0", Culture) + Space + "%";
    }

    /// <summary>A share on an axis, where ticks are whole.</summary>
    public static string Whole(double share) => (share * 100).ToString("0.#", Culture) + Space + "%";

    public static string Duration(TimeSpan time)
    {
        if (time < TimeSpan.FromSeconds(1)) return Count((long)Math.Round(time.TotalMilliseconds)) + Space + "ms";
        if (time < TimeSpan.FromSeconds(59.95)) return time.TotalSeconds.ToString("0.0", Culture) + Space + "s";
        long seconds = (long)Math.Round(time.TotalSeconds);
        return seconds < 3600
            ? string.Create(Culture, $"{seconds / 60}{Space}min{Space}{seconds % 60:00}{Space}s")
            : string.Create(Culture, $"{seconds / 3600}{Space}h{Space}{seconds % 3600 / 60:00}{Space}min");
    }

    public static string RowsPerSecond(long rows, TimeSpan time) =>
        time > TimeSpan.Zero ? Count((long)Math.Round(rows / time.TotalSeconds)) : "—";

    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", Culture);

    public static string IsoDay(DateOnly day) => day.ToString("yyyy-MM-dd", Culture);

    public static string Instant(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", Culture) + " UTC";

    /// <summary>A real minus sign, as wide as the digits.</summary>
    private static string Minus(string text) => text.Replace('-', '−');
}
