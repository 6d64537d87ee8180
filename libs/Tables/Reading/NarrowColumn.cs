using BatchScoring.DuckDb;
using BatchScoring.Parquet;

namespace BatchScoring.Tables;

/// <summary>A column that <see cref="NarrowReader"/> reads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsRounded">True for any number, rounded to float32; false for FLOAT, INTEGER and UINTEGER as they are.</param>
public sealed record NarrowColumn(string Name, bool IsRounded)
{
    /// <summary>Whether values of a type are of 32 bits and read as they are.</summary>
    public static bool Holds(DuckType type) => type is DuckType.Float or DuckType.Integer or DuckType.UInteger;

    internal ParquetColumn? Of(ParquetColumn column) => (IsRounded, column.Kind) switch
    {
        (_, NumberKind.None) => null,
        (true, _) => column,
        (false, NumberKind.Float or NumberKind.Int32 or NumberKind.UInt32) => column.AsBits(),
        _ => null,
    };
}
