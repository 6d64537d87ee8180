using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Storage;

/// <summary>A log that cannot be written fails no publish: the result says so, and the next who may write puts it right.</summary>
public sealed class DeltaLogFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, bool> Faults { get; } = new()
    {
        { "STORE_DENIED", false },
        { "STORE_DISK_FULL", false },
        { "STORE_READ_ONLY", false },
        { "STORE_UNREACHABLE", false },
        { "STORE_UNREACHABLE", true }, // written, and the answer never came
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Publish_WhoseLogCannotBeWritten_IsSealed_AndTheNextPutsItRight(string code, bool written)
    {
        using MemoryStore store = new();
        ErrorCode error = new[] { StorageErrors.Denied, StorageErrors.DiskFull, StorageErrors.ReadOnly, StorageErrors.Unreachable }.Single(one => one.Name == code);
        FaultyStore faulty = new(store, what => what.StartsWith("put " + FolderLayout.DeltaLog, StringComparison.Ordinal), async write =>
        {
            if (written) await write();
            throw new StoreException(error, "the log is away", unclear: written);
        });
        Manifest manifest = await new PublishWorld(faulty, _folder.Path).PrepareAsync("aaaaaaaaaaaaaaaa");

        PublishResult result = await new Publisher(faulty).PublishAsync(new PublishRequest(manifest, []), default);

        faulty.Hits.ShouldBeGreaterThan(0);
        result.Outcome.ShouldBe(PublishOutcome.Won);
        result.IndexProblem.ShouldBe(written ? null : "the log is away", "what was written although nobody answered is found");
        (await store.HeadAsync(PublishWorld.Folder + FolderLayout.Success, default)).ShouldNotBeNull();
        (await new DeltaLog(store).CheckAsync(default)).Behind.Count.ShouldBe(written ? 0 : 1);

        Manifest next = await new PublishWorld(store, _folder.Path).PrepareAsync("bbbbbbbbbbbbbbbb", date: "2026-11-22");
        (await new Publisher(store).PublishAsync(new PublishRequest(next, []), default)).IndexProblem.ShouldBeNull();
        (await new DeltaLog(store).CatchUpAsync(default)).ShouldBe(0, "where no log is, the next publish makes all of it");

        DeltaLogCheck check = await new DeltaLog(store).CheckAsync(default);
        check.Behind.ShouldBeEmpty();
        check.Surplus.ShouldBeEmpty();
        (await StrictDeltaReader.ReadAsync(store, FolderLayout.Inferences)).Keys.Order()
            .ShouldBe(manifest.Parts.Concat(next.Parts).Select(part => part.Key[FolderLayout.Inferences.Length..]).Order());
    }

    public void Dispose() => _folder.Dispose();
}
