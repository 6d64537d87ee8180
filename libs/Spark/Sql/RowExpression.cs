using System.Globalization;

namespace BatchScoring.Spark;

/// <summary>
/// The Spark SQL expression that makes one line of text of a row: cells parted by TAB, null as <c>\N</c>, and backslash, TAB and LF within
/// a text escaped. Numbers are cast to text, which Java does exactly. The characters are spelled by <c>char(n)</c> because a
/// setting decides what a backslash means in a literal.
/// </summary>
internal static class RowExpression
{
    private const string Backslash = "char(92)";

    public static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"c{index}");

    public static string Of(IReadOnlyList<SparkColumn> columns) =>
        $"concat_ws(char(9){string.Concat(columns.Select((column, i) => $", coalesce({Cell(column.Type, Name(i))}, concat({Backslash}, 'N'))"))}) as line";

    private static string Cell(string type, string name) => CellType.Of(type) switch
    {
        CellKind.Nested => Escaped($"to_json({name})"),
        CellKind.Binary => $"replace(base64({name}), concat(char(13), char(10)), '')", // old versions wrap lines
        CellKind.Text => Escaped($"cast({name} as string)"),
        _ => $"cast({name} as string)",
    };

    private static string Escaped(string text) =>
        $"replace(replace(replace({text}, {Backslash}, concat({Backslash}, {Backslash})), char(9), concat({Backslash}, 't')), char(10), " +
        $"concat({Backslash}, 'n'))";
}
