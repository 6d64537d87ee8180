namespace BatchScoring.Parquet;

/// <summary>Where a row group keeps the values of a column, and how (parquet.thrift, structs ColumnChunk and ColumnMetaData).</summary>
/// <param name="Group">The row group's place in <see cref="ParquetFile.RowGroups"/>.</param>
/// <param name="Offset">Where its first page begins, in bytes from the start of the file.</param>
/// <param name="Length">Bytes in the file, page headers included.</param>
/// <param name="DecodedLength">Bytes of its pages, decompressed.</param>
/// <param name="Rows">Values, missing ones included.</param>
/// <param name="Codec">Compression, with the numbers of the format.</param>
/// <param name="Encodings">Bit e is set where encoding number e is used.</param>
internal readonly record struct ColumnChunk(int Group, long Offset, long Length, long DecodedLength, long Rows, int Codec, int Encodings);
