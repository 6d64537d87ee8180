namespace BatchScoring.Parquet;

/// <summary>Reads a footer (parquet.thrift, struct FileMetaData): the schema whole, row groups only as far as to find them again.</summary>
internal static class FooterReader
{
    public static Footer Read(ReadOnlyMemory<byte> bytes)
    {
        unsafe
        {
            fixed (byte* start = bytes.Span) return Read(start, bytes);
        }
    }

    private static unsafe Footer Read(byte* start, ReadOnlyMemory<byte> bytes)
    {
        var reader = new ThriftReader(start, bytes.Length);
        var footer = new Footer();
        long rows = -1;
        short id = 0;
        while (reader.NextField(ref id, out ThriftType field))
        {
            switch (id)
            {
                case 2:
                    int from = (int)reader.Offset;
                    (footer.Columns, footer.Leaves) = SchemaReader.Read(ref reader, reader.List(field, ThriftType.Struct));
                    footer.Schema = bytes[from..(int)reader.Offset];
                    break;
                case 3: rows = reader.Int64(field); break;
                case 4: ReadRowGroups(ref reader, footer, reader.List(field, ThriftType.Struct)); break;
                case 6: footer.CreatedBy = reader.Text(field); break;
                case 8 or 9: ThrowUnsupported.Encrypted("the file is encrypted"); break;
                default: reader.Skip(field); break;
            }
        }

        if (footer.Columns.Count == 0) ThrowUnsupported.Footer("it has no columns");
        if (rows != footer.Rows) ThrowUnsupported.Footer($"it promises {rows} rows, its row groups have {footer.Rows}");
        return footer;
    }

    private static void ReadRowGroups(ref ThriftReader reader, Footer footer, int count)
    {
        for (int group = 0; group < count; group++)
        {
            long offset = reader.Offset;
            long rows = -1;
            short id = 0;
            while (reader.NextField(ref id, out ThriftType field))
            {
                if (id == 3) rows = reader.Int64(field);
                else reader.Skip(field);
            }

            if (rows < 0 || rows > int.MaxValue) ThrowUnsupported.Footer($"row group {group} has {rows} rows");
            footer.Groups.Add(new ParquetRowGroup(footer.Rows, rows, (int)offset));
            footer.Rows += rows;
        }
    }
}
