using BatchScoring.Engines;

namespace BatchScoring.Tests.Unit.Engines.OnSpark;

public sealed class SparkPathsTests
{
    [Theory]
    [InlineData("/bank", "test/part-1.parquet", "file:///bank/test/part-1.parquet")]
    [InlineData("/bank/", "test_sample/run_date=2026-11-21/a b.parquet", "file:///bank/test_sample/run_date=2026-11-21/a b.parquet")]
    [InlineData("s3://bucket/prefix", "test/", "s3a://bucket/prefix/test/")]
    [InlineData("/bank", "/elsewhere/x.parquet", "file:///elsewhere/x.parquet")]
    [InlineData("/ba[n]k", "a*b?{c}.parquet", "file:///ba\\[n\\]k/a\\*b\\?\\{c\\}.parquet")]
    public void Of_Key_IsWhatSparkReads(string root, string key, string expected) => SparkPaths.Of(root, key).ShouldBe(expected);
}
