using BatchScoring.Core;
using BatchScoring.SparkJobs.Collect;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.SparkJobs;

public sealed class LocalTargetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IObjectStore _store;

    public LocalTargetTests()
    {
        Directory.CreateDirectory(_folder.File("bank", "test_sample"));
        _store = ObjectStores.Open(new StoreOptions { Root = _folder.File("bank") });
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("bank/scores.csv")]
    [InlineData("bank/test_sample/part-0.parquet")]
    [InlineData("bank/../bank/scores.csv")]
    [InlineData("link/scores.csv")]
    public void Of_FileInTheRoot_IsRefused(string output)
    {
        Directory.CreateSymbolicLink(_folder.File("link"), _folder.File("bank", "test_sample"));

        Should.Throw<BatchScoringException>(() => LocalTarget.Of(_folder.File(output), _store)).Code.ShouldBe("OUTPUT_IS_INPUT");
    }

    [Fact]
    public void Of_FolderBesideTheRootWithALongerName_IsNoPartOfIt()
    {
        Directory.CreateDirectory(_folder.File("bank2"));

        LocalTarget.Of(_folder.File("bank2", "scores.csv"), _store).Path.ShouldBe(_folder.File("bank2", "scores.csv"));
    }

    [Fact]
    public void Of_NoFolderOrAFolder_IsRefused()
    {
        Should.Throw<BatchScoringException>(() =>
            LocalTarget.Of(_folder.File("none", "scores.csv"), _store)).Code.ShouldBe("OUTPUT_FOLDER_MISSING");
        Directory.CreateDirectory(_folder.File("scores.csv"));
        Should.Throw<BatchScoringException>(() => LocalTarget.Of(_folder.File("scores.csv"), _store)).Code.ShouldBe("OUTPUT_FORMAT");
    }

    [Fact]
    public void Take_AnotherFileStandsThere_IsKeptUnlessToldOtherwise()
    {
        var target = LocalTarget.Of(_folder.File("scores.csv"), _store);
        File.WriteAllText(target.Path, "precious");
        File.WriteAllText(_folder.File("new"), "rows");

        Should.Throw<BatchScoringException>(() => target.Take(_folder.File("new"), overwrite: false)).Code.ShouldBe("OUTPUT_EXISTS");
        File.ReadAllText(target.Path).ShouldBe("precious");

        target.Take(_folder.File("new"), overwrite: true).ShouldBeTrue();
        File.ReadAllText(target.Path).ShouldBe("rows");
        File.WriteAllText(_folder.File("again"), "rows");
        target.Take(_folder.File("again"), overwrite: false).ShouldBeFalse("these rows stand there already");
    }
}
