using System.Globalization;

namespace BatchScoring.Spark;

/// <summary>From Spark's name of a type to what its cells are read as.</summary>
internal static class CellType
{
    /// <summary>A .NET decimal holds any number of so many digits; beyond that it would round, so those stay text.</summary>
    private const int DecimalDigits = 28;

    public static CellKind Of(string type) => type switch
    {
        "boolean" => CellKind.Boolean,
        "byte" => CellKind.Byte,
        "short" => CellKind.Short,
        "integer" => CellKind.Integer,
        "long" => CellKind.Long,
        "float" => CellKind.Float,
        "double" => CellKind.Double,
        "date" => CellKind.Date,
        "binary" => CellKind.Binary,
        "struct" or "array" or "map" => CellKind.Nested,
        _ when type.StartsWith("decimal(", StringComparison.Ordinal) && Digits(type) <= DecimalDigits => CellKind.Decimal,
        _ => CellKind.Text,
    };

    private static int Digits(string type) =>
        int.TryParse(type.AsSpan("decimal(".Length, type.IndexOf(',') - "decimal(".Length), NumberStyles.None, CultureInfo.InvariantCulture,
            out int digits)
            ? digits
            : int.MaxValue;
}
