using BatchScoring.Models;
using BatchScoring.Scoring;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Parquet;

namespace BatchScoring.Tests.Parity.Parquet;

/// <summary>Every Parquet file among the test data, all of its rows, as its model reads it.</summary>
public sealed class GoldenFileTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Repository.Data("golden"), "*.parquet", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Data(), file)).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_GoldenFile_SameBitsAsDuckDb(string name)
    {
        string path = Repository.Data(name);
        string model = Path.Combine(Path.GetDirectoryName(path)!, "model.cbm");
        ReadRows rows = Path.GetFileName(path) == "input.parquet"
            ? ReaderParity.Check(new SplitReadRequest
            {
                Path = path,
                Columns = ModelColumns.Requests(CatBoostModel.LoadFile(model).Inputs)
            }, name)
            : ReaderParity.CheckAll(path, name);
        rows.Unsupported.ShouldBeEmpty();
        // fuzz-07 has categories only.
        if (!name.Contains("fuzz-07", StringComparison.Ordinal)) rows.Own.ShouldBeGreaterThan(0);
    }
}
