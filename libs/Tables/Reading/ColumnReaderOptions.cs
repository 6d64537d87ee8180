namespace BatchScoring.Tables;

/// <summary>What a <see cref="ColumnSplitReader"/> works with.</summary>
/// <param name="Readers">Lends memory.</param>
/// <param name="CapBytes">The memory that a row group's pages may take.</param>
/// <param name="Decoder">The decoder that is forced; null for the fastest.</param>
/// <param name="Choice">Whether DuckDB may read what our reader does not.</param>
internal sealed record ColumnReaderOptions(SplitReaders Readers, long CapBytes, string? Decoder, ReaderChoice Choice);
