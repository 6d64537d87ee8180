namespace BatchScoring.Parquet;

/// <summary>One element of a footer's schema (parquet.thrift, struct SchemaElement).</summary>
internal readonly record struct SchemaElement(ParquetType Type, int Repetition, string Name, int Children, NumberKind Kind,
    DecimalType? Decimal)
{
    private const int Repeated = 2;
    private const int NoConvertedType = -1;
    private const int ConvertedDecimal = 5;
    private const int FirstInteger = 11; // UINT_8, UINT_16, UINT_32, UINT_64, INT_8, INT_16, INT_32, INT_64

    private static readonly NumberKind[] _converted =
    [
        NumberKind.UInt8, NumberKind.UInt16, NumberKind.UInt32, NumberKind.UInt64,
        NumberKind.Int8, NumberKind.Int16, NumberKind.Int32, NumberKind.Int64,
    ];

    public bool IsGroup => Type == ParquetType.None;

    public static SchemaElement Read(ref ThriftReader reader)
    {
        int type = -1, repetition = 0, children = 0, converted = NoConvertedType;
        string name = "";
        int? scale = null;
        int precision = 0;
        LogicalType? logical = null;
        short id = 0;
        while (reader.NextField(ref id, out ThriftType field))
        {
            switch (id)
            {
                case 1: type = reader.Int32(field); break;
                case 3: repetition = reader.Int32(field); break;
                case 4: name = reader.Text(field); break;
                case 5: children = reader.Int32(field); break;
                case 6: converted = reader.Int32(field); break;
                case 7: scale = reader.Int32(field); break;
                case 8: precision = reader.Int32(field); break;
                case 10: logical = LogicalType.Read(ref reader, field); break;
                default: reader.Skip(field); break;
            }
        }

        if (children < 0 || type is < -1 or > (int)ParquetType.FixedLengthByteArray || (type >= 0 && children > 0))
            ThrowUnsupported.Footer($"column {name} is neither a group nor of a known type");
        NumberKind kind = repetition == Repeated ? NumberKind.None : KindOf((ParquetType)type, converted, logical?.Integer);
        DecimalType? digits = logical?.Decimal ?? (converted == ConvertedDecimal ? new DecimalType(precision, scale) : null);
        return new SchemaElement((ParquetType)type, repetition, name, children, kind, digits);
    }

    /// <summary>An annotation that is not understood, or that contradicts another one, is for others to interpret.</summary>
    private static NumberKind KindOf(ParquetType type, int converted, NumberKind? logical)
    {
        NumberKind plain = type switch
        {
            ParquetType.Boolean => NumberKind.Boolean,
            ParquetType.Float => NumberKind.Float,
            ParquetType.Double => NumberKind.Double,
            ParquetType.Int32 => NumberKind.Int32,
            ParquetType.Int64 => NumberKind.Int64,
            _ => NumberKind.None,
        };
        if (converted == NoConvertedType) return logical is null || logical == plain ? plain : NumberKind.None;
        if (converted is < FirstInteger or >= FirstInteger + 8) return NumberKind.None;
        NumberKind kind = _converted[converted - FirstInteger];
        ParquetType physical = kind is NumberKind.Int64 or NumberKind.UInt64 ? ParquetType.Int64 : ParquetType.Int32;
        return type == physical && (logical is null || logical == kind) ? kind : NumberKind.None;
    }
}
