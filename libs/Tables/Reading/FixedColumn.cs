using BatchScoring.DuckDb;
using BatchScoring.Parquet;

namespace BatchScoring.Tables;

/// <summary>A column that <see cref="FixedReader"/> reads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsRounded">True for any number, rounded to float32; false for a type that <see cref="Holds"/> knows, as it is.</param>
public sealed record FixedColumn(string Name, bool IsRounded)
{
    /// <summary>Whether values of a type are read as they are.</summary>
    public static bool Holds(DuckType type) => IsNarrow(type) || type is DuckType.Double or DuckType.BigInt or DuckType.UBigInt;

    /// <summary>Whether values of such a type have 32 bits, and not 64.</summary>
    public static bool IsNarrow(DuckType type) => type is DuckType.Float or DuckType.Integer or DuckType.UInteger;

    internal (ParquetColumn Column, bool IsWide)? Of(ParquetColumn column) => (IsRounded, column.Kind) switch
    {
        (_, NumberKind.None) => null,
        (true, _) => (column, false),
        (false, NumberKind.Float or NumberKind.Int32 or NumberKind.UInt32) => (column.AsBits(), false),
        (false, NumberKind.Double or NumberKind.Int64 or NumberKind.UInt64) => (column, true),
        _ => null,
    };
}
