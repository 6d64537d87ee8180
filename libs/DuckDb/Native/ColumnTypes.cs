using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace BatchScoring.DuckDb.Native;

/// <summary>What DuckDB's types are called in SQL, and in C#.</summary>
internal static class ColumnTypes
{
    /// <summary>Describes a logical type, and gives it back to DuckDB.</summary>
    internal static string TakeSqlName(DuckDBLogicalType logicalType)
    {
        using (logicalType)
        {
            var type = (DuckType)LogicalType.DuckDBGetTypeId(logicalType);
            return type == DuckType.Decimal
                ? $"DECIMAL({LogicalType.DuckDBDecimalWidth(logicalType)},{LogicalType.DuckDBDecimalScale(logicalType)})"
                : SqlName(type);
        }
    }

    private static string SqlName(DuckType type) => type switch
    {
        DuckType.TimestampSeconds => "TIMESTAMP_S",
        DuckType.TimestampMilliseconds => "TIMESTAMP_MS",
        DuckType.TimestampNanoseconds => "TIMESTAMP_NS",
        DuckType.TimestampWithZone => "TIMESTAMP WITH TIME ZONE",
        DuckType.TimeWithZone => "TIME WITH TIME ZONE",
        DuckType.TimeNanoseconds => "TIME_NS",
        DuckType.SqlNull => "NULL",
        _ => type.ToString().ToUpperInvariant(),
    };

    /// <summary>True when a column of the type is an array of <typeparamref name="T"/>.</summary>
    internal static bool Holds<T>(DuckType type) where T : unmanaged => type switch
    {
        DuckType.Boolean => typeof(T) == typeof(bool) || typeof(T) == typeof(byte),
        DuckType.TinyInt => typeof(T) == typeof(sbyte),
        DuckType.SmallInt => typeof(T) == typeof(short),
        DuckType.Integer or DuckType.Date => typeof(T) == typeof(int),
        DuckType.BigInt or DuckType.Timestamp or DuckType.Time or DuckType.TimestampSeconds or DuckType.TimestampMilliseconds
            or DuckType.TimestampNanoseconds or DuckType.TimestampWithZone or DuckType.TimeNanoseconds => typeof(T) == typeof(long),
        DuckType.UTinyInt => typeof(T) == typeof(byte),
        DuckType.USmallInt => typeof(T) == typeof(ushort),
        DuckType.UInteger => typeof(T) == typeof(uint),
        DuckType.UBigInt => typeof(T) == typeof(ulong),
        DuckType.Float => typeof(T) == typeof(float),
        DuckType.Double => typeof(T) == typeof(double),
        DuckType.HugeInt => typeof(T) == typeof(Int128),
        DuckType.UHugeInt => typeof(T) == typeof(UInt128),
        DuckType.Varchar or DuckType.Blob => typeof(T) == typeof(DuckText),
        _ => false,
    };

    /// <summary>Bytes of one value.</summary>
    /// <exception cref="ArgumentException">The type has no fixed width, or none that is known here.</exception>
    internal static int Width(DuckColumn column) => column.Type switch
    {
        DuckType.Boolean or DuckType.TinyInt or DuckType.UTinyInt => 1,
        DuckType.SmallInt or DuckType.USmallInt => 2,
        DuckType.Integer or DuckType.UInteger or DuckType.Float or DuckType.Date => 4,
        DuckType.BigInt or DuckType.UBigInt or DuckType.Double or DuckType.Timestamp or DuckType.Time or DuckType.TimestampSeconds
            or DuckType.TimestampMilliseconds or DuckType.TimestampNanoseconds or DuckType.TimestampWithZone or DuckType.TimeNanoseconds =>
                8,
        DuckType.HugeInt or DuckType.UHugeInt or DuckType.Uuid => 16,
        _ => throw new ArgumentException($"Column {column.Name} of type {column.SqlType} is not read as bytes.", nameof(column)),
    };
}
