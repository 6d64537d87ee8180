namespace BatchScoring.Parquet;

/// <summary>Takes the values of a column chunk, page after page, decompressed and without their levels.</summary>
internal unsafe interface IPageValues
{
    /// <summary>Begins a column chunk.</summary>
    /// <param name="pages">Takes what is to be kept of it.</param>
    /// <param name="isKey">True for a column that is handed out as it is.</param>
    void Open(ColumnPages pages, bool isKey);

    /// <summary>Refuses an encoding before the page is decompressed.</summary>
    /// <exception cref="UnsupportedException">It is not read for this column.</exception>
    void RequireReadable(int encoding);

    /// <summary>True where a page's values stay as they come out of decompression.</summary>
    bool Stays(int encoding);

    /// <summary>Takes the dictionary, which comes first.</summary>
    /// <param name="page">Its values, PLAIN.</param>
    /// <param name="length">Their bytes.</param>
    /// <param name="values">How many there must be.</param>
    void LoadDictionary(byte* page, long length, int values);

    /// <summary>Takes a page.</summary>
    /// <param name="page">Its values.</param>
    /// <param name="length">Their bytes.</param>
    /// <param name="encoding">How they are written.</param>
    /// <param name="count">How many there must be.</param>
    void Load(byte* page, long length, int encoding, int count);
}
