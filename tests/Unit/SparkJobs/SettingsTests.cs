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
        var environment = new Dictionary<string, string>
        {
            ["BATCHSCORING_ROOT"] = "s3://environment/root",
            ["BATCHSCORING_THREADS"] = "5"
        };

        Settings settings = Resolve(environment, "--root", "s3://flag/root");

        settings.Store.Root.ShouldBe("s3://flag/root");
        settings.Threads.ShouldBe(5);
        settings.MemoryMiB.ShouldBe(300);
        settings.Format.ShouldBe(OutputFormat.Json);
        settings.Store.PathStyle.ShouldBeFalse();
    }

    [Fact]
    public void Resolve_SchemeInCapitals_IsABucketAllTheSame() =>
        Resolve([], "--root", "S3://bank/scoring/").Store.Root.ShouldBe("S3://bank/scoring");

    [Fact]
    public void Resolve_EndpointThatIsNotAws_TakesPathStyle() =>
        Resolve(new Dictionary<string, string> { ["BATCHSCORING_S3_ENDPOINT"] = "http://127.0.0.1:9000" }).Store.PathStyle.ShouldBeTrue();

    [Fact]
    public void Resolve_TargetOnTheCommandLine_BeatsEnvironmentAndFileButNoFlag()
    {
        WriteTargets();
        var environment = new Dictionary<string, string>
        {
            ["BATCHSCORING_ROOT"] = "s3://environment/root",
            ["BATCHSCORING_S3_REGION"] = "eu-west-1"
        };

        Settings settings = Resolve(environment, "--target", "prod", "--threads", "9");

        settings.Store.Root.ShouldBe("s3://bank/scoring");
        settings.Store.Endpoint.ShouldBe("http://store:9000");
        settings.Store.Region.ShouldBe("eu-west-1");
        (settings.Threads, settings.MemoryMiB, settings.Engine).ShouldBe((9, 300, EngineKind.Spark));
    }

    [Fact]
    public void Resolve_TargetOfEnvironmentOrFile_IsBelowTheEnvironment()
    {
        WriteTargets("target: dev\n");

        Resolve([]).Store.Root.ShouldBe("s3://dev/scoring");
        Resolve(new Dictionary<string, string> { ["BATCHSCORING_TARGET"] = "prod" }).Store.Root.ShouldBe("s3://bank/scoring");
        Resolve(new Dictionary<string, string>
        {
            ["BATCHSCORING_TARGET"] = "prod",
            ["BATCHSCORING_ROOT"] = "s3://environment/root"
        }).Store.Root
            .ShouldBe("s3://environment/root");
    }

    [Theory]
    [InlineData("--target prd", "Did you mean 'prod'?")]
    [InlineData("--target nowhere", "It has: prod, dev")]
    public void Resolve_UnknownTarget_NamesThoseThereAre(string line, string says)
    {
        WriteTargets();
        BatchScoringException error = Should.Throw<BatchScoringException>(() => Resolve([], line.Split(' ')));

        error.Code.ShouldBe("CONFIGURATION_UNKNOWN");
        error.Message.ShouldContain(says);
    }

    [Fact]
    public void Resolve_TargetWithoutAFile_SaysThatThereIsNone() =>
        Should.Throw<BatchScoringException>(() => Resolve([], "--target", "prod")).Message.ShouldContain("has no targets");

    [Theory]
    [InlineData("thread: 3", "CONFIGURATION_UNKNOWN", "Did you mean 'threads'?")]
    [InlineData("targets:\n  prod:\n    rooot: s3://x/y", "CONFIGURATION_UNKNOWN",
        "in the target 'prod', which is no setting. Did you mean 'root'?")]
    [InlineData("targets:\n  prod: s3://x/y", "CONFIGURATION_UNREADABLE", "the target 'prod' must list settings")]
    [InlineData("targets: prod", "CONFIGURATION_UNREADABLE", "targets must list names")]
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

    private void WriteTargets(string more = "") => File.WriteAllText(_folder.File("batch-score.yaml"), more + """
        memory: 300
        threads: 3
        targets:
          prod:
            root: s3://bank/scoring
            s3_endpoint: http://store:9000
            engine: spark
          dev:
            root: s3://dev/scoring
        """);

    private Settings Resolve(Dictionary<string, string> environment, params string[] arguments)
    {
        var root = new RootCommand();
        foreach (Option option in CommonOptions.All) root.Add(option);
        return SettingsResolver.Resolve(root.Parse(arguments), _folder.Path, name => environment.GetValueOrDefault(name));
    }

    public void Dispose() => _folder.Dispose();
}
