namespace BatchScoring.Parquet;

/// <summary>What a row group keeps of a column, and whether it is read here.</summary>
/// <param name="Column">The column.</param>
/// <param name="Codec">Its compression, in the format's words; empty where nobody looked.</param>
/// <param name="Encodings">Its encodings, in the format's words.</param>
/// <param name="Bytes">Bytes in the file.</param>
/// <param name="DecodedBytes">Bytes of its pages, decompressed.</param>
/// <param name="Unsupported">Why it is not read here; null where it is.</param>
public sealed record ChunkSummary(
    ParquetColumn Column, string Codec, IReadOnlyList<string> Encodings, long Bytes, long DecodedBytes, Unsupported? Unsupported);
