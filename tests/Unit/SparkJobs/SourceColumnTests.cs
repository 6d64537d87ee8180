using BatchScoring.DuckDb;
using BatchScoring.SparkJobs.Import;

namespace BatchScoring.Tests.Unit.SparkJobs;

public sealed class SourceColumnTests
{
    [Theory]
    [InlineData(DuckType.Integer, DuckType.Integer, "INTEGER")]
    [InlineData(DuckType.Integer, DuckType.BigInt, "BIGINT")]
    [InlineData(DuckType.UInteger, DuckType.TinyInt, "BIGINT")]
    [InlineData(DuckType.Float, DuckType.Double, "DOUBLE")]
    [InlineData(DuckType.UBigInt, DuckType.BigInt, null)]
    [InlineData(DuckType.BigInt, DuckType.Double, null)]
    [InlineData(DuckType.Varchar, DuckType.BigInt, null)]
    [InlineData(DuckType.Date, DuckType.Timestamp, null)]
    public void SqlType_OfTwoFiles_HoldsTheValuesOfBothUnchanged(DuckType first, DuckType second, string? expected) =>
        Column(first, second).SqlType.ShouldBe(expected);

    private static SourceColumn Column(params DuckType[] types) =>
        new("c", [.. types.Select((type, i) => ($"{i}.parquet", new DuckColumn("c", type, type.ToString().ToUpperInvariant())))]);
}
