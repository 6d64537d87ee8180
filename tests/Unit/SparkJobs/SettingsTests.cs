using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.SparkJobs;

public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Resolve_SettingInAllPlaces_FlagBeatsEnvironmentBeatsFileBeatsDefault()
    {
        File.WriteAllText(_folder.File("batch-score.yaml"), "root: s3://file/root\nthreads: 3\nmemory: 300\nformat: json\n");
        var environment = new Dictionary<string, string> { ["BATCHSCORING_ROOT"] = "s3://environment/root", ["BATCHSCORING_THREADS"] = "5" };

        Settings settings = Resolve(environment, "--root", "s3://flag/root");

        settings.Store.Root.ShouldBe("s3://flag/root");
        settings.Threads.ShouldBe(5);
        settings.MemoryMiB.ShouldBe(300);
        settings.Format.ShouldBe(OutputFormat.Json);
        settings.Store.PathStyle.ShouldBeFalse();
    }

    [Fact]
    public void Resolve_SchemeInCapitals_IsABucketAllTheSame() => Resolve([], "--root", "S3://bank/scoring/").Store.Root.ShouldBe("S3://bank/scoring");

    [Fact]
    public void Resolve_EndpointThatIsNotAws_TakesPathStyle() =>
        Resolve(new Dictionary<string, string> { ["BATCHSCORING_S3_ENDPOINT"] = "http://127.0.0.1:9000" }).Store.PathStyle.ShouldBeTrue();

    [Theory]
    [InlineData("thread: 3", "CONFIGURATION_UNKNOWN", "thread")]
    [InlineData("threads: many", "CONFIGURATION_INVALID", "threads in batch-score.yaml is 'many'")]
    [InlineData("- a\n- b", "CONFIGURATION_UNREADABLE", "name: value")]
    [InlineData("root: [", "CONFIGURATION_UNREADABLE", "not YAML")]
    public void Resolve_WrongFile_NamesTheSettingAndWhatIsAllowed(string yaml, string code, string says)
    {
        File.WriteAllText(_folder.File("batch-score.yaml"), yaml + "\n");

        BatchScoringException error = Should.Throw<BatchScoringException>(() => Resolve([]));

        error.Code.ShouldBe(code);
        error.ExitCode.ShouldBe(ExitCode.Configuration);
        error.Message.ShouldContain(says);
    }

    [Theory]
    [InlineData("--threads", "0")]
    [InlineData("--memory", "-5")]
    [InlineData("--format", "xml")]
    public void Resolve_WrongFlag_IsUsage(string flag, string value) =>
        Should.Throw<BatchScoringException>(() => Resolve([], flag, value)).ExitCode.ShouldBe(ExitCode.Usage);

    private Settings Resolve(Dictionary<string, string> environment, params string[] arguments)
    {
        var root = new RootCommand();
        foreach (Option option in CommonOptions.All) root.Add(option);
        return SettingsResolver.Resolve(root.Parse(arguments), SettingsSource.Load(_folder.Path, name => environment.GetValueOrDefault(name)));
    }

    public void Dispose() => _folder.Dispose();
}
