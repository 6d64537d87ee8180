namespace BatchScoring.Parquet;

/// <summary>A page's header (parquet.thrift, struct PageHeader and those within).</summary>
internal struct PageHeader
{
    public const int DataPage = 0;
    public const int DictionaryPage = 2;
    public const int DataPageV2 = 3;

    public int Kind;

    /// <summary>Bytes of the header itself.</summary>
    public int HeaderLength;

    public int DecodedLength;
    public int Length;
    public bool HasCrc;
    public uint Crc;

    /// <summary>Values, missing ones included.</summary>
    public int Values;

    public int Encoding;
    public int LevelEncoding;

    /// <summary>Version 2 only.</summary>
    public int Nulls;

    /// <summary>Version 2 only.</summary>
    public int Rows;

    /// <summary>Version 2 only.</summary>
    public int LevelBytes;

    /// <summary>Version 2 only.</summary>
    public int RepetitionBytes;

    public bool IsCompressed;
}
