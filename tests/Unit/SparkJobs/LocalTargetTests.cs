using BatchScoring.Core;
using BatchScoring.SparkJobs;
using BatchScoring.SparkJobs.Report;
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
    public async Task Write_AnotherFileStandsThere_IsKeptUnlessToldOtherwise()
    {
        var target = LocalTarget.Of(_folder.File("scores.csv"), _store);
        File.WriteAllText(target.Path, "precious");

        (await Should.ThrowAsync<BatchScoringException>(() => WriteAsync(target, "rows", overwrite: false))).Code.ShouldBe("OUTPUT_EXISTS");
        File.ReadAllText(target.Path).ShouldBe("precious");

        (await WriteAsync(target, "rows", overwrite: true)).ShouldBeTrue();
        File.ReadAllText(target.Path).ShouldBe("rows");
        (await WriteAsync(target, "rows", overwrite: false)).ShouldBeFalse("these rows stand there already");
        Directory.GetFiles(_folder.Path).ShouldBe([target.Path], "no temporary file stays");
    }

    [Theory]
    [InlineData("bank/report.html", null)]
    [InlineData("link/report.html", null)]
    [InlineData(null, "bank/charts")]
    [InlineData(null, "link/charts/new")]
    [InlineData(null, "bank")]
    public void Page_PlaceInTheRoot_IsRefusedBeforeAnythingIsMade(string? page, string? charts)
    {
        Directory.CreateSymbolicLink(_folder.File("link"), _folder.File("bank", "test_sample"));

        Should.Throw<BatchScoringException>(() => new LocalPage(_store, In(page), In(charts), overwrite: true)).Code.ShouldBe("OUTPUT_IS_INPUT");
        Directory.GetFileSystemEntries(_folder.File("bank"), "*", SearchOption.AllDirectories).ShouldBe([_folder.File("bank", "test_sample")]);

        string? In(string? name) => name is null ? null : _folder.File(name);
    }

    private static Task<bool> WriteAsync(LocalTarget target, string text, bool overwrite) =>
        target.WriteAsync(temporary => File.WriteAllTextAsync(temporary, text), overwrite);
}
