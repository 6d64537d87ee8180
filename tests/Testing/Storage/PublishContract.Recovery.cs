using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Storage;

namespace BatchScoring.Tests.Testing;

/// <summary>What happens after a publish that did not end well: recover, abort, clean, verify.</summary>
public abstract partial class PublishContract
{
    [SkippableFact]
    public async Task Recover_PartLostAfterTheManifest_IsMadeAgainEqualAfterWaiting()
    {
        Manifest manifest = await InterruptedAsync();
        await Store.AbortAsync(manifest.Parts[1].Key, manifest.Parts[1].PendingId, default);
        (await Fails(() => Publisher().RecoverAsync(PublishWorld.Folder, default))).Code.ShouldBe("PUBLISH_PART_LOST");
        (await World.ReadAsync()).ShouldBeNull();
        Time.Waits.Clear();
        RecoverResult result = await new Publisher(Store, World.Remake(), Time).RecoverAsync(PublishWorld.Folder, default);
        (result.Outcome, result.Remade).ShouldSatisfyAllConditions(
            r => r.Outcome.ShouldBe(RecoverOutcome.RolledForward), r => r.Remade.ShouldBe([manifest.Parts[1].Key]));
        Time.Waits.ShouldContain(w => w > Store.RequestTimeout);
        (await World.ReadAsync()).ShouldBe(A);
        (await World.PendingAsync()).ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Recover_KilledAtAnyWriteWithAPartLost_CanBeRepeated(bool afterwards)
    {
        for (int dieAt = 1; ; dieAt++)
        {
            PublishWorld world = new(NewStore(), Local.Path);
            Manifest manifest = await InterruptedAsync(world);
            await world.Store.AbortAsync(manifest.Parts[1].Key, manifest.Parts[1].PendingId, default);
            DyingStore dying = new(world.Store, dieAt, afterwards);
            PublishWorld dyingWorld = new(dying, Local.Path);
            bool lived = true;
            try
            {
                await new Publisher(dying, dyingWorld.Remake(), Time).RecoverAsync(PublishWorld.Folder, default);
            }
            catch (ProcessDied)
            {
                lived = false;
            }
            await world.ReadAsync();
            await new Publisher(world.Store, world.Remake(), Time).RecoverAsync(PublishWorld.Folder, default);
            (await world.ReadAsync()).ShouldBe(A);
            if (lived) break;
            dieAt.ShouldBeLessThan(50);
        }
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Recover_ByManyAtOnce_SealsOneDataset(bool lost)
    {
        Manifest manifest = await InterruptedAsync();
        if (lost) await Store.AbortAsync(manifest.Parts[1].Key, manifest.Parts[1].PendingId, default);
        Manifest other = await World.PrepareAsync(B);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            try
            {
                Publisher publisher = new(Store, World.Remake(), Time);
                if (i == 0) await publisher.PublishAsync(Request(other), default);
                else await publisher.RecoverAsync(PublishWorld.Folder, default);
            }
            catch (DatasetException e) when (lost && e.Code == "PUBLISH_UNFINISHED")
            {
                // Two made the part again and one met the other's; both may say so and be asked again.
            }
        })));
        await new Publisher(Store, World.Remake(), Time).RecoverAsync(PublishWorld.Folder, default);
        (await World.ReadAsync()).ShouldBe(A);
        (await new DatasetVerifier(Store).VerifyAsync(PublishWorld.Folder, default)).IsEqual.ShouldBeTrue();
    }

    [SkippableFact]
    public async Task Recover_LostPartMadeAgainDifferently_IsRefused()
    {
        Manifest manifest = await InterruptedAsync();
        await Store.AbortAsync(manifest.Parts[1].Key, manifest.Parts[1].PendingId, default);
        BatchScoringException e =
            await Fails(() => new Publisher(Store, World.Remake("diff"), Time).RecoverAsync(PublishWorld.Folder, default));
        e.Code.ShouldBe("PUBLISH_PART_LOST");
        e.Message.ShouldContain(manifest.Parts[1].Sha256);
        (await World.ReadAsync()).ShouldBeNull();
        (await Store.HeadAsync(manifest.Parts[1].Key, default)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task Recover_PartAppearsWhileWaiting_IsNotMadeAgain()
    {
        Manifest manifest = await InterruptedAsync();
        PendingPart part = manifest.Parts[0];
        LateStore late = new(Store, part.Key);
        RemakePart never = (_, _, _) => throw new InvalidOperationException("It was there in time.");
        await new Publisher(late, never, Time).RecoverAsync(PublishWorld.Folder, default);
        late.Looks.ShouldBe(3);
        (await World.ReadAsync()).ShouldBe(A);
    }

    [SkippableFact]
    public async Task Recover_ForeignObjectUnderAPartsKey_IsLeftAloneAndNothingIsSealed()
    {
        Manifest manifest = await InterruptedAsync();
        await Store.PutAsync(manifest.Parts[2].Key, "something else"u8.ToArray(), PutCondition.Always, default);
        (await Fails(() => Publisher().RecoverAsync(PublishWorld.Folder, default))).Code.ShouldBe("PUBLISH_PART_FOREIGN");
        (await Store.GetAsync(manifest.Parts[2].Key, default)).ShouldBe("something else"u8.ToArray());
        (await World.ReadAsync()).ShouldBeNull();
    }

    [SkippableFact]
    public async Task Recover_SealOfAnotherManifest_IsRefused()
    {
        await InterruptedAsync();
        await Store.PutAsync(PublishWorld.Folder + "_SUCCESS", ""u8.ToArray(), PutCondition.Always, default);
        (await Fails(() => Publisher().RecoverAsync(PublishWorld.Folder, default))).Code.ShouldBe("PUBLISH_SEAL_MISMATCH");
        (await Fails(() => World.ReadAsync())).Code.ShouldBe("DATASET_DAMAGED");
    }

    [SkippableFact]
    public async Task Recover_NothingPublishedOrSealed_DoesNothing()
    {
        (await Publisher().RecoverAsync(PublishWorld.Folder, default)).Outcome.ShouldBe(RecoverOutcome.NothingPublished);
        await Publisher().PublishAsync(Request(await World.PrepareAsync(A)), default);
        (await Publisher().RecoverAsync(PublishWorld.Folder, default)).Outcome.ShouldBe(RecoverOutcome.AlreadySealed);
    }

    [SkippableFact]
    public async Task Publish_TasksTwinFinishesLate_AddsNoRows()
    {
        Manifest manifest = await World.PrepareAsync(A);
        await World.StageAsync(PublishWorld.Folder + PartName.New(0, A), PublishWorld.Content(0, "same"), A, manifest.AttemptFolder, 20);
        await Publisher().PublishAsync(Request(manifest), default);
        (await World.PendingAsync()).ShouldBeEmpty(); // the twin that came before the end
        PendingPart late = await World.StageAsync(
            PublishWorld.Folder + PartName.New(1, A), PublishWorld.Content(1, "same"), A, manifest.AttemptFolder, 21);
        (await World.ReadAsync()).ShouldBe(A);
        CleanResult cleaned = await new PendingCleaner(Store, new ShiftedTime(TimeSpan.FromDays(8)))
            .CleanAsync(PendingCleaner.DefaultRetention, false, default);
        cleaned.Aborted.Select(p => p.Key).ShouldBe([late.Key]);
        (await World.ReadAsync()).ShouldBe(A);
    }

    [SkippableFact]
    public async Task Abort_BeforeThePublish_GivesTheAttemptsPartsUpAndNoOthers()
    {
        Manifest ours = await World.PrepareAsync(A), theirs = await World.PrepareAsync(B);
        (await Publisher().AbortAsync(ours.Folder, A, ours.AttemptFolder, default)).ShouldBe(3);
        (await World.PendingAsync()).Select(p => p.Key).Order(KeyOrder.Instance).ShouldBe(theirs.Parts.Select(p => p.Key));
    }

    [SkippableFact]
    public async Task Abort_AfterPublishing_IsRefused()
    {
        Manifest manifest = await InterruptedAsync();
        (await Fails(() => Publisher().AbortAsync(manifest.Folder, A, manifest.AttemptFolder, default))).Code.ShouldBe(
            "PUBLISH_ABORT_REFUSED");
        await Publisher().RecoverAsync(PublishWorld.Folder, default);
        (await World.ReadAsync()).ShouldBe(A);
    }

    [SkippableFact]
    public async Task Clean_OldPendingParts_KeepsWhatAManifestWaitsFor()
    {
        Manifest published = await InterruptedAsync(), failed = await World.PrepareAsync(B);
        PendingCleaner now = new(Store, new ShiftedTime(TimeSpan.Zero)), later = new(Store, new ShiftedTime(TimeSpan.FromDays(8)));
        (await now.CleanAsync(PendingCleaner.DefaultRetention, false, default)).Young.Count.ShouldBe(6);
        (await later.CleanAsync(PendingCleaner.DefaultRetention, dryRun: true, default)).Aborted.Count.ShouldBe(3);
        (await World.PendingAsync()).Count.ShouldBe(6);
        CleanResult cleaned = await later.CleanAsync(PendingCleaner.DefaultRetention, false, default);
        cleaned.Aborted.Select(p => p.Key).ShouldBe(failed.Parts.Select(p => p.Key));
        cleaned.Wanted.Select(p => p.Key).ShouldBe(published.Parts.Select(p => p.Key));
        await Publisher().RecoverAsync(PublishWorld.Folder, default);
        (await World.ReadAsync()).ShouldBe(A);
    }

    [SkippableFact]
    public async Task Verify_PublishedDataset_FindsEveryKindOfDamage()
    {
        Manifest manifest = await World.PrepareAsync(A, parts: 4);
        await Publisher().PublishAsync(Request(manifest), default);
        DatasetVerifier verifier = new(Store);
        (await verifier.VerifyAsync(PublishWorld.Folder, default)).IsEqual.ShouldBeTrue();
        byte[] content = (await Store.GetAsync(manifest.Parts[0].Key, default))!;
        content[5] ^= 1;
        await Store.PutAsync(manifest.Parts[0].Key, content, PutCondition.Always, default);
        await Store.PutAsync(manifest.Parts[1].Key, content.AsMemory(1), PutCondition.Always, default);
        await Store.DeleteAsync(manifest.Parts[2].Key, default);
        await Store.PutAsync(PublishWorld.Folder + "part-99999", content, PutCondition.Always, default);
        VerifyResult result = await verifier.VerifyAsync(PublishWorld.Folder, default);
        result.IsEqual.ShouldBeFalse();
        result.Files.Select(f => f.Finding).ShouldBe(
            [PartFinding.OtherContent, PartFinding.OtherSize, PartFinding.Missing, PartFinding.Equal, PartFinding.NotPublished]);
    }
}
