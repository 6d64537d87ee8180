namespace BatchScoring.Parquet;

/// <summary>Reads page headers.</summary>
internal static unsafe class PageHeaderReader
{
    private const int DataFields = 5;
    private const int DictionaryFields = 7;
    private const int DataFieldsV2 = 8;

    public static PageHeader Read(byte* at, long left)
    {
        try
        {
            var reader = new ThriftReader(at, left);
            var header = new PageHeader { Kind = -1, DecodedLength = -1, Length = -1, Values = -1, Encoding = -1, IsCompressed = true };
            int found = 0;
            short id = 0;
            while (reader.NextField(ref id, out ThriftType field))
            {
                switch (id)
                {
                    case 1: header.Kind = reader.Int32(field); break;
                    case 2: header.DecodedLength = reader.Int32(field); break;
                    case 3: header.Length = reader.Int32(field); break;
                    case 4: (header.HasCrc, header.Crc) = (true, (uint)reader.Int32(field)); break;
                    case DataFields or DictionaryFields or DataFieldsV2:
                        if (field != ThriftType.Struct || found != 0) ThrowUnsupported.Page("its header contradicts itself");
                        found = id;
                        ReadInner(ref reader, ref header, id);
                        break;
                    default: reader.Skip(field); break;
                }
            }

            header.HeaderLength = (int)reader.Offset;
            Check(header, found);
            return header;
        }
        catch (UnsupportedException e) when (e.Reason.Code == UnsupportedCodes.Footer)
        {
            ThrowUnsupported.Page($"its header cannot be followed: {e.Reason.Detail}");
            throw;
        }
    }

    private static void Check(in PageHeader header, int found)
    {
        int expected = header.Kind switch
        {
            PageHeader.DataPage => DataFields,
            PageHeader.DictionaryPage => DictionaryFields,
            PageHeader.DataPageV2 => DataFieldsV2,
            _ => -1,
        };
        if (found != expected) ThrowUnsupported.Page($"it is of kind {header.Kind}, which is not read here or does not fit its header");
        if (header.DecodedLength < 0 || header.Length < 0 || header.Values < 0)
            ThrowUnsupported.Page($"it claims {header.Values} values in {header.Length} bytes, decoded {header.DecodedLength}");
    }

    private static void ReadInner(ref ThriftReader reader, ref PageHeader header, int kind)
    {
        bool isV2 = kind == DataFieldsV2;
        short id = 0;
        while (reader.NextField(ref id, out ThriftType field))
        {
            switch (id)
            {
                case 1: header.Values = reader.Int32(field); break;
                case 2 when isV2: header.Nulls = reader.Int32(field); break;
                case 2: header.Encoding = reader.Int32(field); break;
                case 3 when isV2: header.Rows = reader.Int32(field); break;
                case 3 when kind == DataFields: header.LevelEncoding = reader.Int32(field); break;
                case 4 when isV2: header.Encoding = reader.Int32(field); break;
                case 5 when isV2: header.LevelBytes = reader.Int32(field); break;
                case 6 when isV2: header.RepetitionBytes = reader.Int32(field); break;
                case 7 when isV2: header.IsCompressed = ThriftReader.Boolean(field); break;
                default: reader.Skip(field); break;
            }
        }
    }
}
