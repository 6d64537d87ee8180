namespace BatchScoring.Tests.Testing.Parquet;

/// <summary>How a test's pages hold their values, with the numbers of the Parquet format.</summary>
public enum TestEncoding
{
    Plain = 0,
    PlainDictionary = 2,
    Rle = 3,
    Delta = 5,
    RleDictionary = 8,
    ByteStreamSplit = 9,
}
