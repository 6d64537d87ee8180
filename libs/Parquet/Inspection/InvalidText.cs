using System.Numerics;

namespace BatchScoring.Parquet;

/// <summary>A text that is not UTF-8, in a column that says of itself that its values are.</summary>
/// <param name="Row">Its row, from the start of the file.</param>
/// <param name="Bytes">What stands there.</param>
public sealed record InvalidText(long Row, IReadOnlyList<byte> Bytes)
{
    /// <summary>Finds the first one of a column: whoever reads texts may only be told that there is one.</summary>
    /// <param name="file">The file.</param>
    /// <param name="column">A flat column of byte arrays.</param>
    /// <param name="firstRow">Row groups that end before it are passed over.</param>
    /// <param name="memory">Where to work; for nobody else during the call.</param>
    /// <returns>Null where there is none, or it lies in pages that are not read here.</returns>
    /// <exception cref="DamagedPageException">A page is damaged.</exception>
    /// <exception cref="IOException">The bytes cannot be read.</exception>
    public static InvalidText? Find(ParquetFile file, ParquetColumn column, long firstRow, ReadMemory memory)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(column);
        if (column.Type != ParquetType.ByteArray) return null;
        var check = new TextCheck(memory, Decoders.Create(null));
        var pages = new ColumnPages(column);
        var chunk = new ColumnChunk[1];
        using var loader = new ChunkLoader(file.Source, memory, check);
        for (int group = 0; group < file.RowGroups.Count; group++)
        {
            if (file.RowGroups[group].FirstRow + file.RowGroups[group].Rows <= firstRow) continue;
            if (file.Locate(group, [column], chunk) is not null) return null;
            memory.Pages.Reset();
            try
            {
                loader.Load(chunk[0], pages, isKey: false);
            }
            catch (UnsupportedException)
            {
                return null;
            }

            if (check.Place is { } place) return new InvalidText(file.RowGroups[group].FirstRow + RowOf(place, pages), check.Text);
        }

        return null;
    }

    /// <param name="place">A value's place among those that are there.</param>
    /// <param name="pages">Knows which rows have one.</param>
    private static unsafe long RowOf(long place, ColumnPages pages)
    {
        if (pages.Bits == null) return place;
        for (long byteAt = 0; ; byteAt++)
        {
            int values = BitOperations.PopCount((uint)pages.Bits[byteAt]);
            if (place >= values)
            {
                place -= values;
                continue;
            }

            for (int bit = 0; ; bit++)
                if ((pages.Bits[byteAt] >> bit & 1) != 0 && place-- == 0) return (byteAt * 8) + bit;
        }
    }
}
