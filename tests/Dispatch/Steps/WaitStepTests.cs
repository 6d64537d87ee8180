using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Steps;

/// <summary>The clock's waits are over at once; what arrives, arrives while the step says what is missing.</summary>
public sealed class WaitStepTests : IDisposable
{
    private const string Day = "test_sample/run_date=2026-11-28";
    private readonly TemporaryFolder _folder = new();
    private readonly InstantTime _time = new();

    [Fact]
    public async Task Folder_IsThereOnceItIsSealed()
    {
        List<string?> told = [];
        StepAnswer answer = await RunAsync(new JsonObject { ["root"] = _folder.Path, ["folder"] = Day }, text =>
        {
            told.Add(text);
            Directory.CreateDirectory(_folder.File(Day));
            string next = told.Count == 1 ? "part-0.parquet" : "_SUCCESS";
            File.WriteAllText(_folder.File(Day, next), "x");
        });
        answer.End.ShouldBe(StepEnd.Succeeded, answer.Text);
        told.ShouldBe([$"nothing is in '{Day}'", $"'{Day}' has files but no _SUCCESS, so they may still be arriving"]);
        answer.Figures!["files"]!.GetValue<int>().ShouldBe(1);
        answer.Figures["seconds"]!.GetValue<double>().ShouldBe(60);
    }

    [Fact]
    public async Task File_IsThereOnceItIs()
    {
        StepAnswer answer = await RunAsync(new JsonObject { ["root"] = _folder.Path, ["file"] = "in/ready.flag", ["every"] = "5s" }, _ =>
        {
            Directory.CreateDirectory(_folder.File("in"));
            File.WriteAllText(_folder.File("in", "ready.flag"), "abc");
        });
        answer.End.ShouldBe(StepEnd.Succeeded, answer.Text);
        answer.Figures!["bytes"]!.GetValue<long>().ShouldBe(3);
        answer.Figures["seconds"]!.GetValue<double>().ShouldBe(5);
    }

    [Fact]
    public async Task Nothing_InTheTimeItHas_SaysWhatIsMissing()
    {
        BatchScoringException error = await Should.ThrowAsync<BatchScoringException>(
            () => RunAsync(new JsonObject { ["root"] = _folder.Path, ["folder"] = Day, ["up_to"] = "2h", ["every"] = "7m" }));
        error.Error.ShouldBe(WaitErrors.Over);
        error.Transient.ShouldBeTrue();
        error.Message.ShouldContain("120 min");
        error.Message.ShouldContain(Day);
        _time.Waits.Sum(wait => wait.TotalMinutes).ShouldBe(120);
    }

    [Fact]
    public async Task Published_ByOurOwnProtocol_CountsItsParts()
    {
        using IObjectStore store = ObjectStores.Open(new StoreOptions { Root = _folder.Path });
        PublishWorld world = new(store, _folder.Path);
        await new Publisher(store).PublishAsync(new PublishRequest(await world.PrepareAsync("00000000000000aa"), []), default);
        StepAnswer answer = await RunAsync(new JsonObject { ["root"] = _folder.Path, ["folder"] = PublishWorld.DateFolder });
        answer.Figures!["files"]!.GetValue<int>().ShouldBe(3);
        answer.Figures["revision"]!.GetValue<int>().ShouldBe(1);
    }

    /// <summary>What no waiting cures ends at once.</summary>
    [Theory]
    [InlineData("s3:/wrong", Day)]
    [InlineData(null, "../outside")]
    public async Task Place_ThatCannotBe_IsNotWaitedFor(string? root, string folder)
    {
        await Should.ThrowAsync<BatchScoringException>(
            () => RunAsync(new JsonObject { ["root"] = root ?? _folder.Path, ["folder"] = folder }));
        _time.Waits.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FolderAndFile_BothOrNone_IsUnclear(bool both)
    {
        JsonObject settings = new() { ["root"] = _folder.Path };
        if (both) (settings["folder"], settings["file"]) = ("a", "b");
        (await Should.ThrowAsync<BatchScoringException>(() => RunAsync(settings))).Error.ShouldBe(WaitErrors.Unclear);
    }

    [SkippableFact]
    public async Task Folder_InABucket_IsFound()
    {
        var server = S3Server.Require();
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", server.Keys.AccessKey);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", server.Keys.SecretKey);
        StoreOptions options = server.NewRoot();
        using IObjectStore store = ObjectStores.Open(options, S3Server.Credentials);
        await store.PutAsync(Day + "/part-0.parquet", "x"u8.ToArray(), PutCondition.Always, default);
        await store.PutAsync(Day + "/_SUCCESS", Array.Empty<byte>(), PutCondition.Always, default);
        JsonObject settings = new()
        {
            ["root"] = options.Root,
            ["endpoint"] = options.Endpoint,
            ["path_style"] = true,
            ["folder"] = Day,
        };
        StepAnswer answer = await new WaitStep(TimeProvider.System).RunAsync(Work(settings, _ => { }), default);
        answer.Figures!["files"]!.GetValue<int>().ShouldBe(1);
    }

    public void Dispose() => _folder.Dispose();

    private Task<StepAnswer> RunAsync(JsonObject settings, Action<string?>? told = null) =>
        new WaitStep(_time).RunAsync(Work(settings, progress => told?.Invoke(progress.Text)), default);

    private static StepWork Work(JsonObject settings, Action<StepProgress> tell) =>
        new("app.2026-11-28.r1", "app", new DateOnly(2026, 11, 28), "wait", 1, 1, settings, tell);
}
