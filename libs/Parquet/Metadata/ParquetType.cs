namespace BatchScoring.Parquet;

/// <summary>Physical types, with the numbers of the Parquet format.</summary>
public enum ParquetType
{
    /// <summary>One bit.</summary>
    Boolean = 0,

    /// <summary>32 bits, signed.</summary>
    Int32 = 1,

    /// <summary>64 bits, signed.</summary>
    Int64 = 2,

    /// <summary>96 bits: old time stamps.</summary>
    Int96 = 3,

    /// <summary>IEEE 754, 32 bits.</summary>
    Float = 4,

    /// <summary>IEEE 754, 64 bits.</summary>
    Double = 5,

    /// <summary>Bytes of any number.</summary>
    ByteArray = 6,

    /// <summary>Bytes of a fixed number.</summary>
    FixedLengthByteArray = 7,

    /// <summary>None: a nested column.</summary>
    None = -1,
}
