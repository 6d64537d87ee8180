using BatchScoring.Storage;

namespace BatchScoring.Tests.Unit.Storage;

public sealed class DataFilesTests
{
    [Theory]
    [InlineData("in/part-0.parquet", true)]
    [InlineData("in/region=EU/part-0.parquet", true)]
    [InlineData("in/000000_0", true)]
    [InlineData("in/a_$folder$b.parquet", true)]
    [InlineData("in/region=EU_$folder$", false)] // case "e1-folder-marker"
    [InlineData("in/_$folder$", false)]
    [InlineData("in/a_$folder$/part-0.parquet", false)]
    [InlineData("in/_SUCCESS", false)]
    [InlineData("in/.part.crc", false)]
    [InlineData("in/", false)]
    [InlineData("out/part-0.parquet", false)]
    public void IsDataFile_Key_AsSparkAndHadoopSeeIt(string key, bool isData) => DataFiles.IsDataFile(key, "in/").ShouldBe(isData);
}
