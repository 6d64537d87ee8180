namespace BatchScoring.Parquet;

/// <summary>What a footer says of the file as a whole.</summary>
internal sealed class Footer
{
    public List<ParquetColumn> Columns { get; set; } = [];

    /// <summary>The part of the footer that tells of the columns.</summary>
    public ReadOnlyMemory<byte> Schema { get; set; }

    public int Leaves { get; set; }

    public List<ParquetRowGroup> Groups { get; } = [];

    public long Rows { get; set; }

    public string CreatedBy { get; set; } = "";
}
