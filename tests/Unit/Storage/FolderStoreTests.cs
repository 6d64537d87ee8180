using BatchScoring.Core;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Storage;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class FolderStoreTests : StoreContract
{
    private readonly TemporaryFolder _root = new();

    protected override IObjectStore Store => field ??= ObjectStores.Open(new StoreOptions { Root = _root.Path });

    public override void Dispose()
    {
        Store.Dispose();
        _root.Dispose();
        base.Dispose();
    }

    [Fact]
    public async Task Stage_PendingFile_LiesInTheAttemptsFolderAndOutOfGlobs()
    {
        PendingPart part = await StageAsync("data/run_date=2026-11-21/part-0.parquet", [1, 2, 3]);
        Directory.GetFiles(_root.Path, "*.parquet", SearchOption.AllDirectories).ShouldBeEmpty();
        part.PendingId.ShouldStartWith(AttemptFolder + "staging/");
        (await KeysAsync("")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Stage_SameKeyTwice_IsRefusedBecauseCreationIsExclusive()
    {
        await StageAsync("data/p", [1]);
        (await Fails(() => StageAsync("data/p", [1]))).Code.ShouldBe("STORE_TAKEN");
    }

    [Fact]
    public async Task Complete_NameTaken_LeavesBothFilesAlone()
    {
        PendingPart part = await StageAsync("data/p", [1, 2]);
        await Store.PutAsync("data/p", new byte[] { 9 }, PutCondition.IfAbsent, default);
        (await Fails(() => Store.CompleteAsync(part, default))).Code.ShouldBe("STORE_TAKEN");
        (await Store.GetAsync("data/p", default)).ShouldBe([9]);
        (await Store.IsPendingAsync(part, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task Complete_KilledBetweenLinkAndUnlink_EndsWellTheSecondTime()
    {
        PendingPart part = await StageAsync("data/p", [1, 2]);
        Directory.CreateDirectory(_root.File("data"));
        Posix.Link(_root.File(part.PendingId), _root.File("data", "p")).ShouldBe(0);
        await Store.CompleteAsync(part, default);
        (await Store.GetAsync("data/p", default)).ShouldBe([1, 2]);
        (await PendingAsync("")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Complete_PendingFileCutShort_IsGoneAndNothingIsLinked()
    {
        PendingPart part = await StageAsync("data/p", [1, 2]);
        using (FileStream file = File.OpenWrite(_root.File(part.PendingId))) file.SetLength(1);
        (await Store.IsPendingAsync(part, default)).ShouldBeFalse();
        (await Fails(() => Store.CompleteAsync(part, default))).Code.ShouldBe("STORE_PENDING_GONE");
        (await Store.HeadAsync("data/p", default)).ShouldBeNull();
    }

    [Fact]
    public async Task ListPending_FileLeftWhileItWasWritten_IsFoundAndCanBeAborted()
    {
        string[] leftovers = [FolderNames.TemporaryKey("data/p"),
            FolderNames.TemporaryKey(FolderNames.PendingKey(AttemptFolder, "data/q%2Fr"))];
        foreach (string leftover in leftovers)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_root.File(leftover))!);
            await File.WriteAllBytesAsync(_root.File(leftover), [1]);
        }
        (await KeysAsync("")).ShouldBeEmpty();
        (await PendingAsync("data/")).ShouldBe([("data/p", leftovers[0]), ("data/q%2Fr", leftovers[1])]);
        foreach (string leftover in leftovers) await Store.AbortAsync(FolderNames.FinalKey(leftover)!, leftover, default);
        (await PendingAsync("")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("train/part-0.parquet")]
    [InlineData("artifacts/runs/x/y/staging/train%2Fother.pending")]
    public async Task PendingIds_ThatNameOtherFiles_AreRefused(string pendingId)
    {
        await Store.PutAsync(pendingId, new byte[] { 1 }, PutCondition.Always, default);
        PendingPart part = new() { Key = "data/p", PendingId = pendingId, Bytes = 1, Sha256 = "", Rows = 1 };
        (await Fails(() => Store.CompleteAsync(part, default))).Code.ShouldBe("STORE_KEY_INVALID");
        (await Fails(() => Store.AbortAsync(part.Key, part.PendingId, default))).Code.ShouldBe("STORE_KEY_INVALID");
        (await Store.GetAsync(pendingId, default)).ShouldBe([1]);
    }

    [Fact]
    public async Task Version_FileRewrittenWithEqualSizeAndTime_DiffersByInode()
    {
        await Store.PutAsync("f", new byte[] { 1 }, PutCondition.Always, default);
        StoredObject before = (await Store.HeadAsync("f", default))!;
        using FileStream keepInode = File.OpenRead(_root.File("f")); // so that the inode is not given to the next file
        await Store.PutAsync("f", new byte[] { 2 }, PutCondition.Always, default);
        File.SetLastWriteTimeUtc(_root.File("f"), before.Modified.UtcDateTime);
        (await Store.HeadAsync("f", default))!.Version.ShouldNotBe(before.Version);
    }

    [Fact]
    public async Task Put_RacedBy16Writers_HasOneWinner()
    {
        for (int round = 0; round < 50; round++)
        {
            string key = FormattableString.Invariant($"race/{round}");
            bool[] won = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(
                () => Store.PutAsync(key, new byte[] { (byte)i }, PutCondition.IfAbsent, default))));
            won.Count(w => w).ShouldBe(1);
            (await Store.GetAsync(key, default)).ShouldBe([(byte)Array.IndexOf(won, true)]);
        }
        Directory.GetFiles(_root.File("race")).Length.ShouldBe(50);
    }

    [Fact]
    public async Task Probe_FileSystemWithoutHardLinks_IsRefused()
    {
        using FolderStore store = new(new StoreOptions { Root = _root.Path }, new LinklessDisk());
        StoreProbe probe = await store.ProbeAsync(default);
        probe.ConditionalWrites.ShouldBeFalse();
        probe.Finding.ShouldContain("hard links");
    }

    [Fact]
    public async Task Race_OnAFolder_HasOneWinnerAndLeavesNothing()
    {
        (await StoreRace.RunAsync(Store, rounds: 5, writers: 16, default)).ShouldBe(new RaceResult(5, 16, 1));
        (await StoreRace.RunAsync(new CarelessStore(Store), rounds: 2, writers: 16, default)).WorstWinners.ShouldBe(16);
        (await KeysAsync("")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Stage_SourceMissing_NamesTheSource() =>
        (await Fails(() => Store.StageAsync("data/p", Local.File("gone"), new PartFacts("aa", AttemptFolder, "", 1), default)))
            .Message.ShouldContain(Local.File("gone"));

    [Fact]
    public async Task Put_FolderWithoutRights_IsDeniedWithTheUsersName()
    {
        Directory.CreateDirectory(_root.File("closed"));
        File.SetUnixFileMode(_root.File("closed"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        // Root may write into any folder but one of the kernel's own.
        string root = Environment.IsPrivilegedProcess ? "/sys/kernel" : _root.Path;
        using IObjectStore store = ObjectStores.Open(new StoreOptions { Root = root });
        StoreException e = await Fails(() => store.PutAsync("closed/f", new byte[] { 1 }, PutCondition.IfAbsent, default));
        (e.Code, e.ExitCode).ShouldBe(("STORE_DENIED", ExitCode.NotAllowed));
        e.Message.ShouldContain(Environment.UserName);
    }

    [Fact]
    public async Task Put_RootIsAFile_SaysSo()
    {
        await File.WriteAllTextAsync(Local.File("file"), "");
        using IObjectStore store = ObjectStores.Open(new StoreOptions { Root = Local.File("file") });
        StoreException e = await Fails(() => store.PutAsync("f", new byte[] { 1 }, PutCondition.IfAbsent, default));
        e.ExitCode.ShouldBe(ExitCode.Io);
        e.Message.ShouldContain(Local.File("file"));
    }

    [Theory]
    [InlineData("relative/folder")]
    [InlineData("ftp://host/x")]
    [InlineData("")]
    public void Open_UnknownRoot_IsRefused(string root) =>
        Should.Throw<StoreException>(() => ObjectStores.Open(new StoreOptions { Root = root })).Code.ShouldBe("STORE_ROOT_INVALID");
}
