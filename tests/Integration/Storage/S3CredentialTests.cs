using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Storage;

/// <summary>Temporary credentials that end in the middle of a run.</summary>
public sealed class S3CredentialTests : IDisposable
{
    private readonly TemporaryFolder _local = new();
    private readonly AtomicS3 _server = new();
    private readonly ManualClock _time = new();
    private int _asked;

    public void Dispose()
    {
        _server.Dispose();
        _local.Dispose();
    }

    [Fact]
    public async Task Publish_CredentialsEndAtEveryStep_AreRenewedAndItWins()
    {
        using S3Store store = Open(_ => Task.FromResult(Key(++_asked)));
        PublishWorld world = new(store, _local.Path);
        // Every write is followed by the end of the key that it was signed with.
        FaultyStore ending = new(store, _ => true, async write =>
        {
            await write();
            _server.ExpiredKeys.Add(FormattableString.Invariant($"key-{_asked}"));
        });
        Manifest manifest = await new PublishWorld(ending, _local.Path).PrepareAsync("aaaaaaaaaaaaaaaa");
        (await new Publisher(ending, null, new InstantTime())
            .PublishAsync(new PublishRequest(manifest, []), default)).Outcome.ShouldBe(PublishOutcome.Won);
        (await world.ReadAsync()).ShouldBe("aaaaaaaaaaaaaaaa");
        _asked.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task AnyCall_CredentialsEndedAndNoNewOnes_IsTypedSoThatATaskCanSayIt()
    {
        _server.ExpiredKeys.Add("key-1");
        using S3Store store = Open(_ => Task.FromResult(Key(1)));
        foreach (Func<Task> call in (Func<Task>[])[
            () => store.GetAsync("f", default), () => store.HeadAsync("f", default),
            () => store.PutAsync("f", new byte[] { 1 }, PutCondition.IfAbsent, default), () =>
                store.ReadRangeAsync("f", null, 0, new byte[1], default)])
        {
            StoreException e = await Should.ThrowAsync<StoreException>(call);
            (e.Code, e.ExitCode).ShouldBe(("STORE_CREDENTIALS_EXPIRED", ExitCode.NotAllowed));
        }
    }

    [Fact]
    public async Task AnyCall_OwnClockSaysTheyHaveEnded_IsTypedWithoutARequest()
    {
        using S3Store store = Open(_ => Task.FromResult(Key(1) with { Expires = _time.GetUtcNow() - TimeSpan.FromSeconds(1) }));
        (await Should.ThrowAsync<StoreException>(() => store.GetAsync("f", default))).Code.ShouldBe("STORE_CREDENTIALS_EXPIRED");
    }

    [Fact]
    public async Task Credentials_CloseToTheirEnd_AreAskedForAgainAheadOfIt()
    {
        using RenewingCredentials credentials =
            new(_ => Task.FromResult(Key(++_asked) with { Expires = _time.GetUtcNow() + TimeSpan.FromHours(1) }), _time);
        for (int minute = 0; minute < 120; minute++)
        {
            await credentials.GetCredentialsAsync();
            _time.Advance(TimeSpan.FromMinutes(1));
        }
        _asked.ShouldBe(3); // at 0, 55 and 110 minutes
    }

    [Fact]
    public async Task Credentials_SourceFailsWhileOldOnesLive_OldOnesServe()
    {
        using RenewingCredentials credentials = new(_ => ++_asked == 1
            ? Task.FromResult(Key(1) with { Expires = _time.GetUtcNow() + TimeSpan.FromHours(1) })
            : Task.FromException<StoreCredentials>(new TimeoutException()), _time);
        await credentials.GetCredentialsAsync();
        _time.Advance(TimeSpan.FromMinutes(58));
        (await credentials.GetCredentialsAsync()).AccessKey.ShouldBe("key-1");
        _time.Advance(TimeSpan.FromMinutes(3));
        await Should.ThrowAsync<TimeoutException>(() => credentials.GetCredentialsAsync());
    }

    [Fact]
    public async Task Publish_StoreIgnoresConditions_IsRefusedBeforeAnythingIsPublished()
    {
        using AtomicS3 careless = new() { KnowsConditions = false };
        using S3Store store = new(careless.Options("root"), S3Server.Credentials);
        Manifest manifest = await new PublishWorld(store, _local.Path).PrepareAsync("aaaaaaaaaaaaaaaa");
        StoreException e = await Should.ThrowAsync<StoreException>(
            () => new Publisher(store, null, new InstantTime()).PublishAsync(new PublishRequest(manifest, []), default));
        (e.Code, e.ExitCode).ShouldBe(("STORE_UNCONDITIONAL", ExitCode.Configuration));
        (await store.HeadAsync(PublishWorld.Folder + "_manifest.json", default)).ShouldBeNull();
    }

    private static StoreCredentials Key(int number) =>
        new() { AccessKey = FormattableString.Invariant($"key-{number}"), SecretKey = "s", SessionToken = "t" };

    private S3Store Open(Func<CancellationToken, Task<StoreCredentials>> credentials) => new(
        _server.Options("root"), credentials, _time,
        new S3Settings { Retries = 3, FirstPause = TimeSpan.FromMilliseconds(5) });
}
