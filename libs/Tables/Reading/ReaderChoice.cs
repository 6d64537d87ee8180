namespace BatchScoring.Tables;

/// <summary>Who reads Parquet. The rows are the same to the bit, whoever does.</summary>
public enum ReaderChoice
{
    /// <summary>Our own reader; DuckDB for what that does not read.</summary>
    Auto,

    /// <summary>DuckDB alone.</summary>
    DuckDb,

    /// <summary>Our own reader; what it does not read is an error. Text columns still come through DuckDB.</summary>
    Native,
}
