namespace BatchScoring.Parquet;

/// <summary>One element of a footer's schema (parquet.thrift, struct SchemaElement).</summary>
internal readonly record struct SchemaElement(ParquetType Type, int Repetition, string Name, int Children, NumberKind Kind)
{
    private const int Repeated = 2;
    private const int NoConvertedType = -1;
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
        NumberKind logical = NumberKind.None;
        bool hasLogical = false;
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
                case 10:
                    (hasLogical, logical) = (true, LogicalInteger(ref reader, field));
                    break;
                default: reader.Skip(field); break;
            }
        }

        if (children < 0 || type is < -1 or > (int)ParquetType.FixedLengthByteArray || (type >= 0 && children > 0))
            Declines.Footer($"column {name} is neither a group nor of a known type");
        NumberKind kind = repetition == Repeated ? NumberKind.None : KindOf((ParquetType)type, converted, hasLogical ? logical : null);
        return new SchemaElement((ParquetType)type, repetition, name, children, kind);
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

    /// <summary>The union LogicalType, of which only INTEGER is of interest.</summary>
    private static NumberKind LogicalInteger(ref ThriftReader reader, ThriftType type)
    {
        const int integer = 10;
        NumberKind kind = NumberKind.None;
        if (type != ThriftType.Struct) Declines.Footer("a logical type is no struct");
        short id = 0;
        while (reader.NextField(ref id, out ThriftType field))
        {
            if (id == integer && field == ThriftType.Struct) kind = Integer(ref reader);
            else reader.Skip(field);
        }

        return kind;
    }

    private static NumberKind Integer(ref ThriftReader reader)
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
