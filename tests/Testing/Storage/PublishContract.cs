using System.Text;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Storage;

namespace BatchScoring.Tests.Testing;

/// <summary>Every rule of the publish protocol, for whatever store a deriving class brings. A fresh root for every test.</summary>
public abstract partial class PublishContract : IDisposable
{
    protected const string A = "aaaaaaaaaaaaaaaa";
    protected const string B = "bbbbbbbbbbbbbbbb";
    private const string Manifest = PublishWorld.Folder + "_manifest.json";

    protected TemporaryFolder Local { get; } = new();

    protected InstantTime Time { get; } = new();

    protected PublishWorld World => field ??= new PublishWorld(NewStore(), Local.Path);

    protected IObjectStore Store => World.Store;

    public virtual void Dispose()
    {
        Local.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public async Task Publish_Alone_WinsAndLeavesNothingPending()
    {
        Manifest manifest = await World.PrepareAsync(A);
        PublishResult result = await Publisher().PublishAsync(Request(manifest), default);
        result.Outcome.ShouldBe(PublishOutcome.Won);
        result.Remade.ShouldBeEmpty();
        (await World.ReadAsync()).ShouldBe(A);
        (await World.PendingAsync()).ShouldBeEmpty();
        Encoding.UTF8.GetString((await Store.GetAsync(PublishWorld.Folder + "_SUCCESS", default))!).ShouldBe(result.Winner.Sha256);
        (await Store.HeadAsync(manifest.AttemptFolder + "publishing", default)).ShouldNotBeNull();
    }

    [SkippableFact]
    public async Task Publish_WithReaderAfterEveryWrite_IsNeverTakenForFinishedTooEarly()
    {
        Manifest manifest = await World.PrepareAsync(A);
        List<string?> seen = [];
        using SemaphoreSlim one = new(1, 1);
        WatchedStore watched = new(Store, async () =>
        {
            await one.WaitAsync();
            seen.Add(await World.ReadAsync());
            one.Release();
        });
        await Publisher(watched).PublishAsync(Request(manifest), default);
        watched.Writes[^2].ShouldEndWith("_SUCCESS");
        watched.Writes[^1].ShouldStartWith("put " + DeltaLog.Folder);
        seen.Count.ShouldBe(watched.Writes.Count);
        seen[..^2].ShouldAllBe(s => s == null);
        seen[^1].ShouldBe(A);
    }

    [SkippableFact]
    public async Task Publish_AskedAgain_ChangesNothing()
    {
        Manifest manifest = await World.PrepareAsync(A);
        PublishResult first = await Publisher().PublishAsync(Request(manifest), default);
        WatchedStore watched = new(Store, () => Task.CompletedTask);
        PublishResult second = await Publisher(watched).PublishAsync(Request(PublishWorld.Copy(manifest)), default);
        (second.Outcome, second.Winner.Sha256).ShouldBe((PublishOutcome.AlreadyPublishedByUs, first.Winner.Sha256));
        watched.Writes.ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("same", PublishOutcome.LostToEqual)]
    [InlineData("other", PublishOutcome.LostToDifferent)]
    public async Task Publish_AnotherStands_LosesAndGivesItsPartsUp(string flavour, PublishOutcome expected)
    {
        Manifest winner = await World.PrepareAsync(A), loser = await World.PrepareAsync(B, flavour);
        await Publisher().PublishAsync(Request(winner), default);
        PublishResult result = await Publisher().PublishAsync(Request(loser), default);
        (result.Outcome, result.Winner.Manifest.Attempt).ShouldBe((expected, A));
        (await World.ReadAsync()).ShouldBe(A);
        (await World.PendingAsync()).ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Publish_KilledAtAnyWrite_EndsWellWhoeverComesNext(bool afterwards)
    {
        string[] next = ["recover", "again", "equal", "other"];
        for (int dieAt = 1; ; dieAt++)
        {
            bool lived = true;
            foreach (string who in next)
            {
                PublishWorld world = new(NewStore(), Local.Path);
                Manifest manifest = await world.PrepareAsync(A);
                DyingStore dying = new(world.Store, dieAt, afterwards);
                try
                {
                    await new Publisher(dying, null, Time).PublishAsync(Request(manifest), default);
                }
                catch (ProcessDied)
                {
                    lived = false;
                }
                string? seen = await world.ReadAsync();
                bool published = await world.Store.HeadAsync(Manifest, default) is not null;
                (seen is not null && !published).ShouldBeFalse();
                await ContinueAsync(world, manifest, who, published);
            }
            if (lived) break;
            dieAt.ShouldBeLessThan(50);
        }
    }

    [SkippableFact]
    public async Task Publish_PartNoLongerPending_PublishesNothing()
    {
        Manifest manifest = await World.PrepareAsync(A);
        await Store.AbortAsync(manifest.Parts[1].Key, manifest.Parts[1].PendingId, default);
        BatchScoringException e = await Fails(() => Publisher().PublishAsync(Request(manifest), default));
        e.Code.ShouldBe("PUBLISH_PART_MISSING");
        e.Message.ShouldContain(manifest.Parts[1].Key);
        (await Store.HeadAsync(Manifest, default)).ShouldBeNull();
        (await Store.HeadAsync(manifest.AttemptFolder + "publishing", default)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task Publish_WithoutResultFile_PublishesNothing()
    {
        Manifest manifest = await World.PrepareAsync(A);
        await Store.DeleteAsync(manifest.AttemptFolder + "result.json", default);
        (await Fails(() => Publisher().PublishAsync(Request(manifest), default))).Code.ShouldBe("PUBLISH_RESULT_MISSING");
        (await Store.HeadAsync(Manifest, default)).ShouldBeNull();
    }

    [SkippableTheory]
    [InlineData("written again")]
    [InlineData("gone")]
    [InlineData("new")]
    public async Task Publish_InputChangedSinceThePlan_PublishesNothing(string change)
    {
        foreach (string key in (string[])["in/a", "in/b"]) await Store.PutAsync(key, new byte[] { 1 }, PutCondition.Always, default);
        InputFile[] planned = [await InputFiles.DescribeAsync(Store, "in/a", default),
            await InputFiles.DescribeAsync(Store, "in/b", default)];
        Manifest manifest = await World.PrepareAsync(A);
        PublishRequest request = new(manifest, planned) { InputFolder = "in/" };
        await InputFiles.CheckUnchangedAsync(Store, planned, "in/", default);
        switch (change)
        {
            case "written again": await Store.PutAsync("in/b", new byte[] { 2 }, PutCondition.Always, default); break;
            case "gone": await Store.DeleteAsync("in/b", default); break;
            default: await Store.PutAsync("in/c", new byte[] { 1 }, PutCondition.Always, default); break;
        }
        BatchScoringException e = await Fails(() => Publisher().PublishAsync(request, default));
        e.Code.ShouldBe("PUBLISH_INPUT_CHANGED");
        e.Message.ShouldContain(change);
        (await Store.HeadAsync(Manifest, default)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task Publish_StoreThatIgnoresConditions_IsRefusedWithTheReason()
    {
        Manifest manifest = await World.PrepareAsync(A);
        BatchScoringException e = await Fails(() => Publisher(new CarelessStore(Store)).PublishAsync(Request(manifest), default));
        e.Code.ShouldBe("STORE_UNCONDITIONAL");
        e.Message.ShouldContain("was accepted");
        (await Store.HeadAsync(Manifest, default)).ShouldBeNull();
        (await World.PendingAsync()).Count.ShouldBe(3);
    }

    [SkippableFact]
    public async Task Publish_ManifestPutAnswersUnclearAfterWriting_IsWonByLooking()
    {
        Manifest manifest = await World.PrepareAsync(A);
        FaultyStore faulty = new(Store, w => w == "put " + Manifest, async write =>
        {
            await write();
            throw FaultyStore.TimeOut();
        });
        (await Publisher(faulty).PublishAsync(Request(manifest), default)).Outcome.ShouldBe(PublishOutcome.Won);
        faulty.Hits.ShouldBe(1);
        (await World.ReadAsync()).ShouldBe(A);
    }

    [SkippableFact]
    public async Task Publish_ManifestPutLandsAfterItsTimeOut_IsOneWinner()
    {
        Manifest ours = await World.PrepareAsync(A), theirs = await World.PrepareAsync(B);
        Func<Task>? late = null;
        FaultyStore faulty = new(Store, w => w == "put " + Manifest, write =>
        {
            late ??= write;
            return Task.FromException(FaultyStore.TimeOut());
        });
        (await Fails(() => Publisher(faulty).PublishAsync(Request(ours), default))).Code.ShouldBe("PUBLISH_UNCLEAR");
        (await World.PendingAsync()).Count.ShouldBe(6); // nothing given up: the manifest may still arrive
        (await Fails(() => Publisher().AbortAsync(ours.Folder, A, ours.AttemptFolder, default))).Code.ShouldBe("PUBLISH_ABORT_REFUSED");
        await late!();
        (await World.ReadAsync()).ShouldBeNull();
        PublishResult result = await Publisher().PublishAsync(Request(theirs), default);
        (result.Outcome, result.Winner.Manifest.Attempt).ShouldBe((PublishOutcome.LostToEqual, A));
        (await World.ReadAsync()).ShouldBe(A);
    }

    [SkippableFact]
    public async Task Publish_ManifestPutLandsAfterAnotherWon_LosesAndMayAbort()
    {
        Manifest ours = await World.PrepareAsync(A), theirs = await World.PrepareAsync(B);
        FaultyStore faulty = new(Store, w => w == "put " + Manifest, _ => Task.FromException(FaultyStore.TimeOut()));
        (await Fails(() => Publisher(faulty).PublishAsync(Request(ours), default))).Code.ShouldBe("PUBLISH_UNCLEAR");
        await Publisher().PublishAsync(Request(theirs), default);
        (await Store.PutAsync(Manifest, ManifestFile.Create(ours).Bytes, PutCondition.IfAbsent, default)).ShouldBeFalse();
        (await Publisher().AbortAsync(ours.Folder, A, ours.AttemptFolder, default)).ShouldBe(3);
        (await World.ReadAsync()).ShouldBe(B);
        (await World.PendingAsync()).ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("complete ")]
    [InlineData("_SUCCESS")]
    public async Task Publish_AnswersLostAfterTheManifest_AreSettledByLooking(string which)
    {
        Manifest manifest = await World.PrepareAsync(A);
        FaultyStore faulty = new(Store, w => w.Contains(which), async write =>
        {
            await write();
            throw FaultyStore.TimeOut();
        });
        (await Publisher(faulty).PublishAsync(Request(manifest), default)).Outcome.ShouldBe(PublishOutcome.Won);
        faulty.Hits.ShouldBe(which == "_SUCCESS" ? 1 : 3);
        (await World.ReadAsync()).ShouldBe(A);
    }

    [SkippableFact]
    public async Task Publish_CompletionKeepsFailing_IsUnfinishedAndNoPartIsTakenForLost()
    {
        Manifest manifest = await World.PrepareAsync(A);
        FaultyStore faulty = new(Store, w =>
            w.StartsWith("complete ", StringComparison.Ordinal), _ => Task.FromException(FaultyStore.TimeOut()));
        RemakePart never = (_, _, _) => throw new InvalidOperationException("A part that may still be completed must not be made again.");
        BatchScoringException e = await Fails(() => new Publisher(faulty, never, Time).PublishAsync(Request(manifest), default));
        (e.Code, e.ExitCode).ShouldBe(("PUBLISH_UNFINISHED", ExitCode.TryLater));
        (await World.ReadAsync()).ShouldBeNull();
        (await Publisher().RecoverAsync(PublishWorld.Folder, default)).Outcome.ShouldBe(RecoverOutcome.RolledForward);
        (await World.ReadAsync()).ShouldBe(A);
    }

    protected abstract IObjectStore NewStore();

    protected static PublishRequest Request(Manifest manifest) => new(manifest, []);

    protected static async Task<BatchScoringException> Fails(Func<Task> action) => await Should.ThrowAsync<BatchScoringException>(action);

    protected Publisher Publisher(IObjectStore? store = null) => new(store ?? Store, null, Time);

    /// <summary>A publish that was killed right after its manifest.</summary>
    protected Task<Manifest> InterruptedAsync() => InterruptedAsync(World);

    private async Task<Manifest> InterruptedAsync(PublishWorld world)
    {
        Manifest manifest = await world.PrepareAsync(A);
        FaultyStore faulty = new(world.Store, w => w == "put " + Manifest, async write =>
        {
            await write();
            throw new ProcessDied();
        });
        await Should.ThrowAsync<ProcessDied>(() => Publisher(faulty).PublishAsync(Request(manifest), default));
        return manifest;
    }

    private async Task ContinueAsync(PublishWorld world, Manifest killed, string who, bool published)
    {
        Publisher publisher = new(world.Store, null, Time);
        string expected = published ? A : B;
        switch (who)
        {
            case "recover":
                bool isSealed = await world.ReadAsync() is not null;
                (await publisher.RecoverAsync(PublishWorld.Folder, default)).Outcome.ShouldBe(
                    !published ? RecoverOutcome.NothingPublished : isSealed ? RecoverOutcome.AlreadySealed : RecoverOutcome.RolledForward);
                if (published) break;
                await publisher.PublishAsync(Request(await world.PrepareAsync(B)), default);
                break;
            case "again":
                expected = A;
                await publisher.PublishAsync(Request(PublishWorld.Copy(killed)), default);
                break;
            default:
                PublishResult result = await publisher.PublishAsync(Request(await world.PrepareAsync(B, who == "equal" ? "same" : "diff")),
                    default);
                result.Outcome.ShouldBe(!published ? PublishOutcome.Won : who == "equal"
                    ? PublishOutcome.LostToEqual
                    : PublishOutcome.LostToDifferent);
                break;
        }
        (await world.ReadAsync()).ShouldBe(expected);
    }
}
