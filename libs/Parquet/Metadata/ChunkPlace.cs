namespace BatchScoring.Parquet;

/// <summary>
/// Where a row group keeps a column, or a leaf of a nested one, as the footer says: what must be there before anyone can decode it.
/// </summary>
/// <param name="Group">The row group's place in <see cref="ParquetFile.RowGroups"/>.</param>
/// <param name="Column">The column at the top level.</param>
/// <param name="Offset">Where its first page begins, in bytes from the start of the file.</param>
/// <param name="Length">Bytes of its pages, headers included; some writers state too few.</param>
/// <param name="IsInFile">False where the bytes do not lie between the file's head and its footer.</param>
/// <param name="Values">Values, missing ones included; of a repeated column not its rows.</param>
/// <param name="Codec">Compression, with the numbers of the format.</param>
/// <param name="BloomOffset">Where its Bloom filter begins, unchecked; 0 for none.</param>
/// <param name="BloomLength">Bytes of that filter, unchecked; 0 where the footer does not say.</param>
public readonly record struct ChunkPlace(
    int Group, ParquetColumn Column, long Offset, long Length, bool IsInFile, long Values, int Codec, long BloomOffset, int BloomLength);
