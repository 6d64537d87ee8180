using System.Globalization;
using BatchScoring.Spark.Py4J;

namespace BatchScoring.Spark;

/// <summary>Reads the lines that <see cref="RowExpression"/> makes of tables of numbers, without an object per cell.</summary>
internal static class NumberReader
{
    public static void Check(IReadOnlyList<SparkColumn> columns)
    {
        string[] others = [.. columns.Where(c => CellType.Of(c.Type) is not (>= CellKind.Boolean and <= CellKind.Decimal)).Select(c => $"{c.Name} ({c.Type})")];
        if (others.Length > 0) throw new ArgumentException($"Only numbers and booleans are allowed here; found {string.Join(", ", others)}.", nameof(columns));
    }

    public static double[] Read(IReadOnlyList<SparkColumn> columns, string line)
    {
        double[] values = new double[columns.Count];
        int filled = 0;
        if (values.Length == 0) return values;
        foreach (Range cell in line.AsSpan().Split('\t'))
        {
            if (filled == values.Length) throw SparkErrors.Protocol("a row with more cells than columns", line);
            values[filled++] = Number(line.AsSpan()[cell]);
        }
        return filled == values.Length ? values : throw SparkErrors.Protocol("a row with fewer cells than columns", line);
    }

    private static double Number(ReadOnlySpan<char> text) => text switch
    {
        "\\N" => double.NaN,
        "true" => 1,
        "false" => 0,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        _ => throw SparkErrors.Protocol("a cell that is no number", text.ToString()),
    };
}
