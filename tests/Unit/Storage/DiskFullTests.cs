using BatchScoring.Core;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Storage;

public sealed class DiskFullTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Put_DiskFullAtAnyChange_IsTypedAndKeepsTheKeyEmptyOrWhole()
    {
        for (int failAt = 1; ; failAt++)
        {
            FailingDisk disk = new(Posix.ENOSPC, failAt);
            string folder = _root.File(FormattableString.Invariant($"{failAt}"));
            using FolderStore store = new(new StoreOptions { Root = folder }, disk);
            try
            {
                await store.PutAsync("d/f", "whole"u8.ToArray(), PutCondition.IfAbsent, default);
            }
            catch (StoreException e)
            {
                (e.Code, e.ExitCode).ShouldBe(("STORE_DISK_FULL", ExitCode.Io));
                e.Message.ShouldContain("bytes free");
            }
            if (disk.Changes < failAt) break; // every change had its turn
            byte[]? seen = await store.GetAsync("d/f", default);
            if (seen is not null) seen.ShouldBe("whole"u8.ToArray());
        }
    }

    [SkippableFact]
    public async Task Stage_FileSystemReallyFull_SaysSoAndKeepsNothing()
    {
        Skip.IfNot(SmallFileSystem.TryMount(_root.File("small"), 1 << 20, out string why), why);
        try
        {
            using IObjectStore store = ObjectStores.Open(new StoreOptions { Root = _root.File("small") });
            await File.WriteAllBytesAsync(_root.File("big"), new byte[4 << 20]);
            StoreException e = await Should.ThrowAsync<StoreException>(() => store.StageAsync("data/p", _root.File("big"),
                new PartFacts("aa", "artifacts/runs/r/aa/", new string('0', 64), 1), default));
            (e.Code, e.ExitCode).ShouldBe(("STORE_DISK_FULL", ExitCode.Io));
            Directory.GetFiles(_root.File("small"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
        }
        finally
        {
            SmallFileSystem.Unmount(_root.File("small"));
        }
    }
}
