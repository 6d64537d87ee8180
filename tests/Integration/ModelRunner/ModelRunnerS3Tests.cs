using BatchScoring.Core;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.ModelRunner;

/// <summary>The same work with the root in S3, credentials in the header line, and input read by byte ranges.</summary>
public sealed class ModelRunnerS3Tests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly ScoreBench _bench = new("catboost-770");

    public void Dispose()
    {
        _bench.Dispose();
        _temporary.Dispose();
    }

    [SkippableFact]
    public async Task Splits_FromS3_SamePartsAsFromAFolder()
    {
        StoreOptions root = S3Server.Require().NewRoot();
        using IObjectStore store = ObjectStores.Open(root, S3Server.Credentials);
        TaskSpec local = _bench.Split(_bench.Input(), 2048, 1952);
        TaskResult expected = await _bench.RunAsync(local);
        using var runner = RunnerProgram.Start(_temporary.Path);
        runner.Send(await HeaderAsync(root));
        runner.Send(await UploadedAsync(store, local));
        runner.EndInput();

        TaskResult answer = (await runner.AnswerAsync())!;

        answer.Status.ShouldBe(TaskResultStatus.Done, answer.Error?.Message);
        answer.Content.ShouldBe(expected.Content);
        answer.Part!.Sha256.ShouldBe(expected.Part!.Sha256);
        (await store.IsPendingAsync(answer.Part, CancellationToken.None)).ShouldBeTrue();
        (await store.HeadAsync(answer.Part.Key, CancellationToken.None)).ShouldBeNull();
        (await runner.ExitAsync()).ShouldBe((0, ""));
    }

    [Fact]
    public async Task Split_CredentialsExpired_IsAnAnswerAndNoSecretIsPrinted()
    {
        using AtomicS3 server = new();
        StoreOptions root = server.Options("bank");
        using IObjectStore store = ObjectStores.Open(root, S3Server.Credentials);
        TaskSpec split = await UploadedAsync(store, _bench.Split(_bench.Input(), 0, 2048));
        HeaderLine header = await HeaderAsync(root);
        server.ExpiredKeys.Add(header.Credentials!.AccessKey);
        using var runner = RunnerProgram.Start(_temporary.Path);
        runner.Send(header);
        runner.Send(split);
        runner.EndInput();

        TaskResult answer = (await runner.AnswerAsync())!;

        answer.Status.ShouldBe(TaskResultStatus.CredentialsExpired);
        (int exit, string error) = await runner.ExitAsync();
        exit.ShouldBe(0);
        (error + answer.Error!.Message).ShouldNotContain(header.Credentials.SecretKey);
    }

    private async Task<HeaderLine> HeaderAsync(StoreOptions root) =>
        _bench.Tasks.Header with { Store = root, Credentials = await S3Server.Credentials(CancellationToken.None) };

    /// <summary>Model and input copied to the store, and the split pinned to what the store has.</summary>
    private async Task<TaskSpec> UploadedAsync(IObjectStore store, TaskSpec local)
    {
        string key = local.Input.File.Key;
        await store.UploadAsync(_bench.Pin.Key, _bench.Tasks.Store.LocalPath(_bench.Pin.Key)!, CancellationToken.None);
        await store.UploadAsync(key, _bench.Tasks.Store.LocalPath(key)!, CancellationToken.None);
        StoredObject found = (await store.HeadAsync(key, CancellationToken.None))!;
        return local with { Input = local.Input with { File = new InputFile { Key = key, Size = found.Size, Version = found.Version } } };
    }
}
