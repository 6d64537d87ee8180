using BatchScoring.Core;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Submit;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.SparkJobs;

public sealed class JobWordsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(" ", " ")]
    [InlineData(" ", "=")]
    [InlineData(":", "=")]
    public void Of_LocalFilesInClusterMode_TravelUnderTheirBareNames(string table, string model)
    {
        string rows = Write("rows.csv"), trees = Write("deep", "model.cbm");

        JobWords words = Of("cluster", [.. $"import --like{model}{trees}".Split(' '), .. $"--contract{table}{rows}".Split(' '), rows]);

        words.Files.ShouldBe([trees, rows]);
        words.Words.Take(words.Words.ToList().IndexOf("--root")).ShouldBe(
            ["import", .. $"--like{model}model.cbm".Split(' '), .. $"--contract{table}rows.csv".Split(' '), "rows.csv"]);
    }

    [Theory]
    [InlineData("client")]
    [InlineData(null)]
    public void Of_LocalFilesBesideTheDriver_StayWhereTheyAre(string? mode)
    {
        string model = Write("model.cbm");

        JobWords words = Of(mode, "score", "--model", model);

        words.Files.ShouldBeEmpty();
        words.Words.Take(3).ShouldBe(["score", "--model", model]);
    }

    [Fact]
    public void Of_WordsThatAreNoFiles_StayAsTheyAre() =>
        Of("cluster", "sample", "--reason", "no=file", "--date=2026-11-21", "-x").Words.Take(5)
            .ShouldBe(["sample", "--reason", "no=file", "--date=2026-11-21", "-x"]);

    [Fact]
    public void Of_LogOptions_GoWithTheJob() =>
        JobWords.Of(Options("client", "score"), Settings with { Verbose = true, LogFormat = OutputFormat.Json }, "0815").Words
            .ShouldBe(["score", "--root", "s3://bank/root", "--s3-endpoint", "http://store:9000", "--s3-region", "eu-north-1",
                "--s3-path-style", "true",
                "--verbose", "true", "--log-format", "json", "--engine", "spark", "--submission", "0815"]);

    [Fact]
    public void Of_TwoFilesOfOneName_IsRefusedWithBoth()
    {
        string one = Write("one", "model.cbm"), two = Write("two", "model.cbm");

        BatchScoringException error = Refusal("cluster", "score", "--model", one, "--contract", two);

        error.Message.ShouldContain(one);
        error.Message.ShouldContain(two);
    }

    [Theory]
    [InlineData("a,b.csv")]
    [InlineData("a#b.csv")]
    public void Of_FileWhoseNameSparkWouldSplit_IsRefused(string name) =>
        Refusal("cluster", "import", Write(name)).Message.ShouldContain(name);

    [Theory]
    [InlineData("--root", "s3://elsewhere/x")]
    [InlineData("--root=s3://elsewhere/x")]
    [InlineData("--root:s3://elsewhere/x")]
    [InlineData("--format", "json")]
    [InlineData("--engine", "embedded")]
    [InlineData("--submission", "x")]
    public void Of_SharedOptionAfterTheDashes_IsRefused(params string[] words) =>
        Refusal("client", ["score", .. words]).Message.ShouldContain("put it before --");

    [Theory]
    [InlineData("collect")]
    [InlineData("report")]
    [InlineData("predict")]
    [InlineData("fit")]
    [InlineData("doctor")]
    [InlineData("inspect")]
    [InlineData("layout")]
    [InlineData("submit")]
    public void Of_JobThatWorksHere_IsRefused(string job) => Refusal("cluster", job).Message.ShouldContain("without submit");

    [Fact]
    public void Of_Settings_GoAlongWithoutCredentials()
    {
        var words = JobWords.Of(Options("client", "sample"), Settings with { MemoryGiven = true }, "0815");

        words.Words.ShouldBe(["sample", "--root", "s3://bank/root", "--s3-endpoint", "http://store:9000", "--s3-region", "eu-north-1",
            "--s3-path-style", "true",
            "--memory", "512", "--engine", "spark", "--submission", "0815"]);
    }

    private static Settings Settings { get; } = new()
    {
        Store = new StoreOptions { Root = "s3://bank/root", Endpoint = "http://store:9000", Region = "eu-north-1", PathStyle = true },
        Threads = 3,
        MemoryMiB = 512,
        MemoryGiven = false,
        Engine = EngineKind.Embedded,
        Format = OutputFormat.Text,
        Quiet = false,
    };

    private static JobWords Of(string? mode, params string[] job) => JobWords.Of(Options(mode, job), Settings, "0815");

    private static BatchScoringException Refusal(string? mode, params string[] job)
    {
        BatchScoringException error = Should.Throw<BatchScoringException>(() => Of(mode, job));
        (error.Code, error.ExitCode).ShouldBe(("SUBMIT_USAGE", ExitCode.Usage));
        return error;
    }

    private static SubmitOptions Options(string? mode, params string[] job) =>
        new() { DeployMode = mode, Files = [], Archives = [], SparkFlags = [], Job = job, DryRun = false };

    private string Write(params string[] path)
    {
        string file = _folder.File(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
        return file;
    }
}
