using System.Globalization;
using System.Text;
using BatchScoring.Spark.Py4J;

namespace BatchScoring.Spark;

/// <summary>Reads the lines that <see cref="RowExpression"/> makes.</summary>
internal static class RowReader
{
    private const string Null = "\\N";
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static Row Read(IReadOnlyList<SparkColumn> columns, string line)
    {
        object?[] values = new object?[columns.Count];
        int filled = 0;
        // A table without columns has rows of no cells, though any line has at least one.
        if (columns.Count == 0) return line.Length == 0 ? new Row(columns, values) : throw Broken("cells of no column");
        foreach (Range cell in line.AsSpan().Split('\t'))
        {
            if (filled == values.Length) throw Broken("more cells than columns");
            values[filled] = Cell(columns[filled].Type, line.AsSpan()[cell]);
            filled++;
        }
        return filled == values.Length ? new Row(columns, values) : throw Broken("fewer cells than columns");

        SparkException Broken(string how) => SparkErrors.Protocol($"a row with {how}", line);
    }

    private static object? Cell(string type, ReadOnlySpan<char> text)
    {
        if (text is Null) return null;
        try
        {
            return CellType.Of(type) switch
            {
                CellKind.Boolean => bool.Parse(text),
                CellKind.Byte => sbyte.Parse(text, NumberStyles.AllowLeadingSign, Invariant),
                CellKind.Short => short.Parse(text, NumberStyles.AllowLeadingSign, Invariant),
                CellKind.Integer => int.Parse(text, NumberStyles.AllowLeadingSign, Invariant),
                CellKind.Long => long.Parse(text, NumberStyles.AllowLeadingSign, Invariant),
                CellKind.Float => float.Parse(text, NumberStyles.Float, Invariant),
                CellKind.Double => double.Parse(text, NumberStyles.Float, Invariant),
                CellKind.Decimal => decimal.Parse(text, NumberStyles.Float, Invariant),
                CellKind.Date when DateOnly.TryParseExact(text, "yyyy-MM-dd", Invariant, DateTimeStyles.None, out DateOnly date) => date,
                CellKind.Binary => Convert.FromBase64String(text.ToString()),
                _ => Unescape(text),
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw SparkErrors.Protocol($"a cell that is no {type}", text.ToString());
        }
    }

    private static string Unescape(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\')) return text.ToString();
        StringBuilder plain = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\') plain.Append(text[i]);
            else if (++i < text.Length) plain.Append(text[i] switch { 'n' => '\n', 't' => '\t', char same => same });
            else throw new FormatException();
        }
        return plain.ToString();
    }
}
