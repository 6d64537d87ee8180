using BatchScoring.Tables;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Parquet;

namespace BatchScoring.Tests.Parity.Parquet;

/// <summary>Files written by Spark 3.5.8 and 4.3.0; tests/data/spark-written/README.md tells how.</summary>
public sealed class SparkFileTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Repository.Data("spark-written"), "*.parquet").Select(file => Path.GetFileName(file)).Order()];

    [Fact]
    public void Files_BothVersions_AreThere() => Directory.GetFiles(Repository.Data("spark-written"), "*.parquet").Length.ShouldBe(26);

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_SparkFile_SameBitsAsDuckDb(string name)
    {
        string path = Repository.Data("spark-written", name);
        IReadOnlyList<ColumnRequest> inputs = ReaderParity.Numbers(path);
        foreach ((long first, long? rows) in new (long, long?)[] { (0, null), (700, 1500), (2999, 1) })
        {
            foreach (string? key in new[] { "id", "t", "lnull" })
            {
                ReadRows read = ReaderParity.Check(
                    new SplitReadRequest { Path = path, Columns = inputs, FirstRow = first, Rows = rows, Key = key }, name);
                read.Unsupported.ShouldBeEmpty();
            }
        }
    }
}
