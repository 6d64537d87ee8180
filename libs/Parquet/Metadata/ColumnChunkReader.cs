using System.Text;

namespace BatchScoring.Parquet;

/// <summary>Reads where a row group keeps a column, and refuses what does not fit the file or the schema.</summary>
internal ref struct ColumnChunkReader
{
    private const int FirstPage = 4; // behind the magic number
    private long _decoded, _length, _dataPage, _dictionaryPage, _values, _bloomOffset;
    private int _type, _codec, _encodings, _bloomLength;
    private bool _hasMetaData;

    /// <summary>Readers go by the dictionary's place where it comes first: some writers leave the data's at 0.</summary>
    private readonly long Start =>
        _dictionaryPage >= FirstPage && (_dataPage < FirstPage || _dictionaryPage < _dataPage) ? _dictionaryPage : _dataPage;

    /// <summary>A flat column that will be decoded here.</summary>
    /// <exception cref="UnsupportedException">It cannot be.</exception>
    public static ColumnChunk Read(ref ThriftReader reader, ParquetColumn column, int group, long rows, long bodyEnd) =>
        Parse(ref reader, column).Checked(column, group, rows, bodyEnd);

    /// <summary>Any column, for whoever decodes it.</summary>
    /// <exception cref="UnsupportedException">The footer cannot be followed, or the values are not in this file as they are.</exception>
    public static ChunkPlace ReadPlace(ref ThriftReader reader, ParquetColumn column, int group, long bodyEnd)
    {
        ColumnChunkReader it = Parse(ref reader, null);
        if (!it._hasMetaData) ThrowUnsupported.Footer("its metadata is missing");
        bool isInFile = it.IsInFile(bodyEnd);
        return new ChunkPlace(group, column, it.Start, it._length, isInFile, it._values, it._codec, it._bloomOffset, it._bloomLength);
    }

    private static ColumnChunkReader Parse(ref ThriftReader reader, ParquetColumn? flat)
    {
        var it = new ColumnChunkReader { _type = -1, _codec = -1, _dataPage = -1, _values = -1 };
        short id = 0;
        while (reader.NextField(ref id, out ThriftType field))
        {
            switch (id)
            {
                case 1: ThrowUnsupported.External("its values lie in another file"); break;
                case 3:
                    it.ReadMetaData(ref reader, field, flat);
                    break;
                case 8 or 9: ThrowUnsupported.Encrypted("it is encrypted"); break;
                default: reader.Skip(field); break;
            }
        }

        return it;
    }

    private void ReadMetaData(ref ThriftReader reader, ThriftType type, ParquetColumn? flat)
    {
        if (type != ThriftType.Struct) ThrowUnsupported.Footer("a column's metadata is no struct");
        _hasMetaData = true;
        short id = 0;
        while (reader.NextField(ref id, out ThriftType field))
        {
            switch (id)
            {
                case 1: _type = reader.Int32(field); break;
                case 2: ReadEncodings(ref reader, reader.List(field, ThriftType.Int32)); break;
                case 3 when flat is not null: CheckPath(ref reader, reader.List(field, ThriftType.Binary), flat); break;
                case 4: _codec = reader.Int32(field); break;
                case 5: _values = reader.Int64(field); break;
                case 6: _decoded = reader.Int64(field); break;
                case 7: _length = reader.Int64(field); break;
                case 9: _dataPage = reader.Int64(field); break;
                case 11: _dictionaryPage = reader.Int64(field); break;
                case 14: _bloomOffset = reader.Int64(field); break;
                case 15: _bloomLength = reader.Int32(field); break;
                default: reader.Skip(field); break;
            }
        }
    }

    private void ReadEncodings(ref ThriftReader reader, int count)
    {
        for (int i = 0; i < count; i++)
            if (reader.Int32(ThriftType.Int32) is >= 0 and < 31 and var encoding) _encodings |= 1 << encoding;
    }

    private static void CheckPath(ref ThriftReader reader, int count, ParquetColumn column)
    {
        for (int i = 0; i < count; i++)
            if (count != 1 || Encoding.UTF8.GetString(reader.Binary(ThriftType.Binary)) != column.Name)
                ThrowUnsupported.Footer("the row group calls it by another name");
    }

    private readonly ColumnChunk Checked(ParquetColumn column, int group, long rows, long bodyEnd)
    {
        if (!_hasMetaData) ThrowUnsupported.Footer("its metadata is missing");
        if (_type != (int)column.Type)
            ThrowUnsupported.Footer($"the row group has it as {(ParquetType)_type}, the schema as {column.Type}");
        if (_values != rows) ThrowUnsupported.Footer($"it has {_values} values in a row group of {rows} rows");
        if (!Codecs.IsRead(_codec)) ThrowUnsupported.Codec(_codec);
        if (!IsInFile(bodyEnd)) ThrowUnsupported.Footer($"its {_length} bytes at {Start} lie outside the file");
        if (_length > int.MaxValue || _decoded < 0) ThrowUnsupported.Footer($"it has {_length} bytes, decoded {_decoded}");
        return new ColumnChunk(group, Start, _length, _decoded, rows, _codec, _encodings);
    }

    private readonly bool IsInFile(long bodyEnd) => Start >= FirstPage && _length >= 0 && Start <= bodyEnd - _length;
}
