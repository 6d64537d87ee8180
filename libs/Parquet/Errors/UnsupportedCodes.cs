namespace BatchScoring.Parquet;

/// <summary>The stable codes of <see cref="Unsupported"/>.</summary>
public static class UnsupportedCodes
{
    /// <summary>The footer cannot be followed, or says things that do not fit together.</summary>
    public const string Footer = "PARQUET_FOOTER";

    /// <summary>The file, or a column of it, is encrypted.</summary>
    public const string Encrypted = "PARQUET_ENCRYPTED";

    /// <summary>
    /// Row groups that are read here and others that are not take turns so often that one reader had better read them all.
    /// </summary>
    public const string Alternating = "PARQUET_ALTERNATING";

    /// <summary>The column is not a flat column of numbers or booleans.</summary>
    public const string ColumnType = "PARQUET_COLUMN_TYPE";

    /// <summary>The column's values lie in another file.</summary>
    public const string External = "PARQUET_EXTERNAL";

    /// <summary>The compression is not read here: read are none, snappy, gzip, brotli and zstd.</summary>
    public const string Codec = "PARQUET_CODEC";

    /// <summary>A page's encoding is not read here, or not for a column of this type.</summary>
    public const string Encoding = "PARQUET_ENCODING";

    /// <summary>Levels are written in a way that is not read here (BIT_PACKED), or where a flat column has none.</summary>
    public const string Levels = "PARQUET_LEVELS";

    /// <summary>A page's header cannot be followed, or its sizes and counts do not fit its column chunk.</summary>
    public const string Page = "PARQUET_PAGE";

    /// <summary>What a page holds does not decode to what its header promises.</summary>
    public const string Data = "PARQUET_DATA";

    /// <summary>The row group's used columns need more memory than the reader may take.</summary>
    public const string Memory = "PARQUET_MEMORY";
}
