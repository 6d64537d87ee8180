namespace BatchScoring.Parquet;

/// <summary>Finds out what would be read here, by reading it.</summary>
public static class ParquetInspector
{
    /// <summary>Looks at every column of a row group.</summary>
    /// <param name="file">The file.</param>
    /// <param name="group">The row group's place in <see cref="ParquetFile.RowGroups"/>.</param>
    /// <param name="memory">Where to work.</param>
    /// <returns>One for each of <see cref="ParquetFile.Columns"/>.</returns>
    /// <exception cref="DamagedPageException">A page is damaged.</exception>
    /// <exception cref="IOException">The bytes cannot be read.</exception>
    public static IReadOnlyList<ChunkSummary> Inspect(ParquetFile file, int group, ReadMemory memory) =>
        [.. file.Columns.Select(column => Inspect(file, group, column, memory))];

    private static ChunkSummary Inspect(ParquetFile file, int group, ParquetColumn column, ReadMemory memory)
    {
        if (column.Kind == NumberKind.None)
            return new ChunkSummary(column, "", [], 0, 0,
                new Unsupported(UnsupportedCodes.ColumnType, column.Name, "it is not a flat column of numbers or booleans"));
        var chunks = new ColumnChunk[1];
        Unsupported? reason = file.Locate(group, [column], chunks);
        if (reason is null)
        {
            using var reader = new RowGroupReader(file, [column], key: null, memory);
            reason = reader.Load(group);
            while (reason is null && reader.RowsLeft > 0) reason = reader.Read(Math.Min(RowGroupReader.MaxRows, reader.RowsLeft));
        }

        ColumnChunk chunk = chunks[0];
        return new ChunkSummary(column, chunk.Length == 0 ? "" : Codecs.Name(chunk.Codec), [.. Encodings.Names(chunk.Encodings)],
            chunk.Length, chunk.DecodedLength, reason);
    }
}
