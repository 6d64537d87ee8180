namespace BatchScoring.Tables.Csv;

/// <summary>One way to find the bytes that matter; all ways give the same bits.</summary>
internal unsafe interface ICsvMasks
{
    /// <param name="from">64 readable bytes.</param>
    /// <param name="delimiter">The byte between cells.</param>
    static abstract CsvMasks Of(byte* from, byte delimiter);
}
