namespace BatchScoring.Parquet;

/// <summary>An annotation of a column (parquet.thrift, union LogicalType), of which only numbers are of interest.</summary>
/// <param name="Integer">What an integer's bits mean; <see cref="NumberKind.None"/> of anything else.</param>
/// <param name="Decimal">A decimal's digits; null of anything else.</param>
internal readonly record struct LogicalType(NumberKind Integer, DecimalType? Decimal)
{
    private const int DecimalField = 5;
    private const int IntegerField = 10;

    public static LogicalType Read(ref ThriftReader reader, ThriftType type)
    {
        LogicalType result = default;
        if (type != ThriftType.Struct) ThrowUnsupported.Footer("a logical type is no struct");
        short id = 0;
        while (reader.NextField(ref id, out ThriftType field))
        {
            if (id == IntegerField && field == ThriftType.Struct) result = new LogicalType(ReadInteger(ref reader), null);
            else if (id == DecimalField && field == ThriftType.Struct) result = new LogicalType(NumberKind.None, ReadDecimal(ref reader));
            else reader.Skip(field);
        }

        return result;
    }

    private static DecimalType ReadDecimal(ref ThriftReader reader)
    {
        int? scale = null;
        int precision = 0;
        short id = 0;
        while (reader.NextField(ref id, out ThriftType field))
        {
            if (id == 1) scale = reader.Int32(field);
            else if (id == 2) precision = reader.Int32(field);
            else reader.Skip(field);
        }

        return new DecimalType(precision, scale);
    }

    private static NumberKind ReadInteger(ref ThriftReader reader)
    {
        int bits = 0;
        bool signed = false;
        short id = 0;
        while (reader.NextField(ref id, out ThriftType field))
        {
            if (id == 1) bits = reader.Byte(field);
            else if (id == 2) signed = ThriftReader.Boolean(field);
            else reader.Skip(field);
        }

        return bits switch
        {
            8 => signed ? NumberKind.Int8 : NumberKind.UInt8,
            16 => signed ? NumberKind.Int16 : NumberKind.UInt16,
            32 => signed ? NumberKind.Int32 : NumberKind.UInt32,
            64 => signed ? NumberKind.Int64 : NumberKind.UInt64,
            _ => NumberKind.None,
        };
    }
}
