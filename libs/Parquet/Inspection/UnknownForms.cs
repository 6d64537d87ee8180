namespace BatchScoring.Parquet;

/// <summary>
/// Finds what a footer names by a number that the format had not given away yet. Readers may refuse the whole file for it, and name no
/// column.
/// </summary>
public static class UnknownForms
{
    private const int LastCodec = 7;
    private const int KnownEncodings = 0b11_1111_1101; // 0 to 9; number 1 was never used

    /// <summary>Looks at every column of every row group; reads nothing but the footer.</summary>
    /// <param name="file">The file.</param>
    /// <returns>The first column that has a compression or an encoding of an unknown number; null for none.</returns>
    public static Unsupported? Find(ParquetFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        foreach (ChunkPlace place in file.FindChunks() ?? [])
        {
            if (place.Codec is < 0 or > LastCodec)
                return new Unsupported(UnsupportedCodes.Codec, place.Column.Name, $"its compression is {Codecs.Name(place.Codec)}");
        }

        var chunk = new ColumnChunk[1];
        foreach (ParquetColumn column in file.Columns.Where(column => column.Type != ParquetType.None))
        {
            for (int group = 0; group < file.RowGroups.Count; group++)
            {
                if (file.Locate(group, [column], chunk) is null && (chunk[0].Encodings & ~KnownEncodings) is not 0 and int unknown)
                    return new Unsupported(UnsupportedCodes.Encoding, column.Name, $"its encoding is {Encodings.Names(unknown).First()}");
            }
        }

        return null;
    }
}
