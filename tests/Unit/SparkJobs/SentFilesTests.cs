using BatchScoring.Core;
using BatchScoring.SparkJobs.Submit;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.SparkJobs;

/// <summary>The case "nc-submit-failed-tail" and others of its kind: refused before anything is sent, with both names.</summary>
public sealed class SentFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_ModelThatTheUserSendsToo_GoesOnce()
    {
        string model = Write("model.cbm");
        var sent = SentFiles.Of([model], Write("programs.tar.gz"),
            Options([model, Write("a.txt"), Path.GetRelativePath(".", _folder.File("a.txt"))], []));

        sent.Files.ShouldBe([model, _folder.File("a.txt")]);
        sent.Archives.ShouldBe([_folder.File("programs.tar.gz") + "#app"]);
    }

    [Theory]
    [InlineData("other/model.cbm", "")]
    [InlineData("other/trees#model.cbm", "")]
    [InlineData("", "other/archive.zip#model.cbm")]
    [InlineData("", "other/own.zip#app")]
    [InlineData("other/app", "")]
    public void Of_TwoOfOneName_IsRefusedWithBoth(string file, string archive)
    {
        string model = Write("model.cbm"), programs = Write("programs.tar.gz");
        string other = Write((file + archive).Split('#'));
        BatchScoringException error =
            Refusal([model], programs, file.Length > 0 ? [_folder.File(file)] : [], archive.Length > 0 ? [_folder.File(archive)] : []);

        error.Message.ShouldContain(other.Split('#')[0]);
        error.Message.ShouldContain(file.Length + archive.Length > 0 && (file + archive).EndsWith("app", StringComparison.Ordinal)
            ? programs : model);
    }

    [Theory]
    [InlineData("nope.txt", "--files")]
    [InlineData("deep/nope.txt#alias", "--files")]
    [InlineData("file:/no/such/nope.txt", "--files")]
    public void Of_FileThatIsNotThere_IsRefusedByItsPath(string file, string option)
    {
        BatchScoringException error = Refusal([], null, [file], []);

        error.Message.ShouldContain("nope.txt");
        error.Message.ShouldContain(option);
        error.Code.ShouldBe("SUBMIT_USAGE");
        Refusal([], null, [], [file]).Message.ShouldContain("--archives");
    }

    [Theory]
    [InlineData("hdfs://name:9000/x/a.txt")]
    [InlineData("s3a://bucket/a.txt")]
    [InlineData("hdfs:/x/a.txt#b.txt")]
    public void Of_FileThatLiesElsewhere_IsLeftToTheCluster(string file) =>
        SentFiles.Of([], null, Options([file], [])).Files.ShouldBe([file]);

    private static BatchScoringException Refusal(string[] needed, string? programs, string[] files, string[] archives) =>
        Should.Throw<BatchScoringException>(() => SentFiles.Of(needed, programs, Options(files, archives)));

    private static SubmitOptions Options(string[] files, string[] archives) =>
        new()
        {
            Master = "yarn",
            DeployMode = "cluster",
            Files = files,
            Archives = archives,
            SparkFlags = [],
            Job = ["score"],
            DryRun = false
        };

    private string Write(params string[] name)
    {
        string path = _folder.File(name[0]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
        return path;
    }
}
