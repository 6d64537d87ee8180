namespace BatchScoring.Parquet;

/// <summary>The values of one page that are there (missing ones take no place): plain, or indices into the chunk's dictionary.</summary>
internal unsafe struct PagePart
{
    /// <summary>Floats (or a key's integers), or packed indices.</summary>
    public byte* Data;

    /// <summary>Bytes of <see cref="Data"/> where it holds indices.</summary>
    public long Length;

    /// <summary>How many values.</summary>
    public int Values;

    public bool IsIndices;
}
