using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Unit.Storage;

/// <summary>Replaced revisions whose parts are removed: which, in what order, and what readers see at any moment.</summary>
public sealed class RevisionRetirerTests(ITestOutputHelper output) : IDisposable
{
    private const string Date = "2026-11-21";
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);
    private static readonly ManualClock Clock = new(); // 2026-11-21 12:00 UTC
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryStore _store = new();

    [Fact]
    public async Task Retire_TakesThePartsOfWhatWasReplacedLongAgo_AndNothingElse()
    {
        await SealAsync(Date, 1, 90);
        await SealAsync(Date, 2, 40);
        await SealAsync(Date, 3, 10);
        await SealAsync("2026-11-22", 1, 90);
        await SealAsync("2026-11-23", 1, 90);
        await SealAsync("2026-11-23", 2, 80);
        await UnsealAsync("2026-11-23", 2);
        string[] before = await KeysAsync();

        IReadOnlyList<Retirable> found = await RetireAsync(_store);

        found.Select(one => (one.Dataset.Folder, one.Successor.Revision, one.Kept)).ShouldBe([
            (Folder(1), 2, null), (Folder(2), 3, "revision 3 has been sealed since 2026-11-11 12:00 UTC only")]);
        before.Except(await KeysAsync()).ShouldBe(found[0].Parts.Select(part => part.Key), ignoreOrder: true);
        (await KeysAsync()).Except(before).ShouldBe([Folder(1) + "_retired.json"]);
        Dataset retired = await LookAsync(1);
        retired.Retirement.ShouldNotBeNull().ShouldBe(new Retirement
        {
            Folder = Folder(1),
            ManifestSha256 = retired.Manifest!.Sha256,
            Successor = 2,
            SuccessorSha256 = (await LookAsync(2)).Manifest!.Sha256,
            SuccessorSealed = Clock.GetUtcNow().AddDays(-40),
            Retired = Clock.GetUtcNow(),
            Program = "tests 1.0",
            User = "anna",
        });
        DatasetException error = await Should.ThrowAsync<DatasetException>(() => new DatasetReader(_store).OpenAsync(FolderLayout.Inference(RunDate.Parse(Date)), 1, false, default));
        error.Code.ShouldBe("REVISION_RETIRED");
        error.Message.ShouldContain("was retired on 2026-11-21");
        error.Message.ShouldContain("its successor is revision 2");
        (await RetireAsync(_store)).ShouldHaveSingleItem().Dataset.Revision.ShouldBe(2, "again: nothing is left of the first");
    }

    [Fact]
    public async Task Retire_KilledAtAnyWrite_LeavesWhatEveryReaderNames_AndGoesOn()
    {
        int stories = 0;
        foreach (bool afterwards in new[] { false, true })
        {
            for (int dieAt = 1; ; dieAt++, stories++)
            {
                using MemoryStore store = new();
                await SealAsync(Date, 1, 90, store);
                await SealAsync(Date, 2, 40, store);
                DyingStore dying = new(store, dieAt, afterwards);
                bool died = false;
                try
                {
                    await RetireAsync(dying);
                }
                catch (ProcessDied)
                {
                    died = true;
                }

                Dataset seen = await LookAsync(1, store);
                if (seen.Condition != DatasetCondition.Sealed) seen.Condition.ShouldBe(DatasetCondition.Retired, seen.Problem?.Message);
                (await new DatasetReader(store).OpenAsync(FolderLayout.Inference(RunDate.Parse(Date)), null, false, default)).Revision.ShouldBe(2);
                await new Publisher(store).RecoverAsync(Folder(1), default);
                await RetireAsync(store);
                (await LookAsync(1, store)).Files.ShouldBeEmpty();
                (await StrictDeltaReader.ReadAsync(store, FolderLayout.Inferences)).Keys.ShouldAllBe(path => path.Contains("revision=2"));
                if (!died) break;
            }
        }

        stories.ShouldBeGreaterThan(8);
    }

    [Fact]
    public async Task Retire_SeveralAtOnce_SomeDie_NoReaderEverSeesDamage()
    {
        int retired = 0;
        for (int seed = 1; seed <= 60; seed++)
        {
            Random dice = new(seed);
            using MemoryStore store = new();
            await SealAsync(Date, 1, 90, store);
            await SealAsync(Date, 2, 40, store);
            TurnTable table = new(dice);
            List<Func<Task>> processes = [.. Enumerable.Range(0, dice.Next(2, 4)).Select(_ =>
            {
                TurnStore own = new(store, table, dice.Next(3) == 0 ? dice.Next(5, 25) : int.MaxValue, dice.Next(2) == 0);
                return (Func<Task>)(async () =>
                {
                    try
                    {
                        await RetireAsync(own);
                    }
                    catch (ProcessDied)
                    {
                        // As a killed process: the others go on.
                    }
                });
            })];

            await table.RunAsync(processes, async () =>
            {
                Dataset seen = await LookAsync(1, store);
                if (seen.Condition == DatasetCondition.Retired) retired++;
                else seen.Condition.ShouldBe(DatasetCondition.Sealed, $"seed {seed}: {seen.Problem?.Message}");
            });
            await RetireAsync(store);
            (await LookAsync(1, store)).Files.ShouldBeEmpty($"seed {seed}");
            (await LookAsync(2, store)).Condition.ShouldBe(DatasetCondition.Sealed, $"seed {seed}");
        }

        output.WriteLine($"{retired} looks at a retired revision");
        retired.ShouldBeGreaterThan(60);
    }

    [Fact]
    public async Task Retire_WhatTheLogStillShows_IsKept()
    {
        await SealAsync(Date, 1, 90);
        await SealAsync(Date, 2, 40);
        await _store.DeleteAsync(DeltaLog.Folder + $"{1:D20}.json", default); // as if the second had found no way to write

        (await RetireAsync(_store)).ShouldHaveSingleItem().Kept.ShouldBe("the Delta log still shows it; run recover first");
        (await LookAsync(1)).Condition.ShouldBe(DatasetCondition.Sealed);

        await new DeltaLog(_store).CatchUpAsync(default);
        (await RetireAsync(_store)).ShouldHaveSingleItem().Kept.ShouldBeNull();
    }

    [Fact]
    public async Task Retire_WithItsPolicy_NeedsNothingElse_AndWithTheJobsNothingIsWritten()
    {
        await SealAsync(Date, 1, 90);
        await SealAsync(Date, 2, 40);
        string[] before = await KeysAsync();

        (await Should.ThrowAsync<StoreException>(() => RetireAsync(new PolicyStore(_store, "writer-policy.json")))).Code.ShouldBe("STORE_DENIED");
        (await KeysAsync()).ShouldBe(before);

        await RetireAsync(new PolicyStore(_store, "retire-policy.json"));
        (await LookAsync(1)).Files.ShouldBeEmpty();
        foreach (string kept in new[] { Folder(1) + "_manifest.json", Folder(1) + "_SUCCESS", Folder(2) + "_manifest.json", DeltaLog.Folder + $"{0:D20}.json" })
            (await Should.ThrowAsync<StoreException>(() => new PolicyStore(_store, "retire-policy.json").DeleteAsync(kept, default))).Code.ShouldBe("STORE_DENIED");
    }

    [Fact]
    public async Task Record_OfAnotherManifest_IsDamage_AndNotBelieved()
    {
        await SealAsync(Date, 1, 90);
        await SealAsync(Date, 2, 40);
        await RetireAsync(_store);
        byte[] record = (await _store.GetAsync(Folder(1) + "_retired.json", default))!;
        await _store.PutAsync(Folder(2) + "_retired.json", record, PutCondition.Always, default);

        Dataset seen = await LookAsync(2);

        seen.Condition.ShouldBe(DatasetCondition.Damaged);
        seen.Problem!.Message.ShouldContain("it speaks of another manifest");
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private static string Folder(int revision) => FolderLayout.Inference(RunDate.Parse(Date), revision);

    private static async Task<IReadOnlyList<Retirable>> RetireAsync(IObjectStore store)
    {
        RevisionRetirer retirer = new(store, "tests 1.0", Clock);
        IReadOnlyList<Retirable> found = await retirer.FindAsync(Month, default);
        foreach (Retirable one in found.Where(one => one.Kept is null)) await retirer.RetireAsync(one, "anna", default);
        return found;
    }

    /// <summary>A revision of three parts that was sealed so many days ago.</summary>
    private async Task SealAsync(string date, int revision, int daysAgo, MemoryStore? store = null)
    {
        using ScoreRoot root = new(store ?? _store);
        await root.PublishAsync(date, revision, Clock.GetUtcNow().AddDays(-daysAgo), "SELECT 1 AS ID", "SELECT 2 AS ID", "SELECT 3 AS ID");
    }

    private async Task UnsealAsync(string date, int revision)
    {
        using ScoreRoot root = new(_store);
        await root.UnsealAsync(date, revision);
    }

    private async Task<Dataset> LookAsync(int revision, MemoryStore? store = null) =>
        (await new DatasetReader(store ?? _store).RevisionsAsync(FolderLayout.Inference(RunDate.Parse(Date)), default)).Single(one => one.Revision == revision);

    private async Task<string[]> KeysAsync() => await _store.ListAsync("", default).Select(one => one.Key).ToArrayAsync();
}
