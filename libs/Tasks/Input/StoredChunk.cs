namespace BatchScoring.Tasks;

/// <summary>A column chunk of a file, as the footer places it.</summary>
/// <param name="Place">Its pages. The length is what the footer says; the pages may say otherwise.</param>
/// <param name="BloomFilter">Empty where there is none.</param>
/// <param name="Wanted">Whether it belongs to the slice that will be read.</param>
internal readonly record struct StoredChunk(ByteRange Place, ByteRange BloomFilter, bool Wanted);
