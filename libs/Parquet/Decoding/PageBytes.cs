namespace BatchScoring.Parquet;

/// <summary>One page as it lies in the file: held against what its header promises, whoever decodes it.</summary>
/// <param name="header">Its header.</param>
/// <param name="body">Its bytes behind the header.</param>
/// <param name="group">The row group's place in the file.</param>
/// <param name="column">The column's name.</param>
/// <param name="offset">Where <paramref name="body"/> begins in the file.</param>
internal readonly unsafe ref struct PageBytes(PageHeader header, byte* body, int group, string column, long offset)
{
    /// <exception cref="DamagedPageException">Its check sum does not fit.</exception>
    public void CheckSum()
    {
        if (!header.HasCrc) return;
        uint found = Crc32.Of(body, header.Length);
        if (found != header.Crc)
            throw new DamagedPageException(group, column, offset, $"its check sum is {found:x8}, its header states {header.Crc:x8}");
    }

    /// <summary>Decompresses what stands behind the levels of a page of version 2; in version 1 they are compressed along.</summary>
    /// <param name="decompressor">Does it.</param>
    /// <param name="codec">The chunk's compression, not none.</param>
    /// <param name="levelBytes">Bytes that are levels and not compressed.</param>
    /// <param name="target">Takes the result.</param>
    /// <exception cref="DamagedPageException">It is not what the header promises.</exception>
    public void Decompress(PageDecompressor decompressor, int codec, int levelBytes, byte* target)
    {
        try
        {
            decompressor.Decompress(codec, body + levelBytes, header.Length - levelBytes, target, header.DecodedLength - levelBytes);
        }
        catch (UnsupportedException e) when (e.Reason.Code == UnsupportedCodes.Data)
        {
            throw new DamagedPageException(group, column, offset, e.Reason.Detail);
        }
    }
}
