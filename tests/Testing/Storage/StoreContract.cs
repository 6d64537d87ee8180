using System.Security.Cryptography;
using System.Text;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tests.Testing;

/// <summary>What every store must do, whatever it is made of. A kind of store runs it by deriving from it.</summary>
public abstract class StoreContract : IDisposable
{
    protected const string AttemptFolder = "artifacts/runs/score-2026-11-21-r1/00000000000000aa/";

    protected TemporaryFolder Local { get; } = new();

    protected abstract IObjectStore Store { get; }

    /// <summary>A size that a pending part is not uploaded at once with (S3), but quick enough for a test.</summary>
    protected virtual int LargePart => 3_000_000;

    public virtual void Dispose()
    {
        Local.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public async Task Put_IfAbsent_WritesOnceAndThenRefuses()
    {
        (await Store.PutAsync("a/b", "one"u8.ToArray(), PutCondition.IfAbsent, default)).ShouldBeTrue();
        (await Store.PutAsync("a/b", "two"u8.ToArray(), PutCondition.IfAbsent, default)).ShouldBeFalse();
        Encoding.UTF8.GetString((await Store.GetAsync("a/b", default))!).ShouldBe("one");
    }

    [SkippableFact]
    public async Task Put_Always_Replaces()
    {
        await Store.PutAsync("a/b", "one"u8.ToArray(), PutCondition.Always, default);
        StoredObject before = (await Store.HeadAsync("a/b", default))!;
        (await Store.PutAsync("a/b", "three"u8.ToArray(), PutCondition.Always, default)).ShouldBeTrue();
        StoredObject after = (await Store.HeadAsync("a/b", default))!;
        Encoding.UTF8.GetString((await Store.GetAsync("a/b", default))!).ShouldBe("three");
        after.Version.ShouldNotBe(before.Version);
        (before.Size, after.Size).ShouldBe((3, 5));
    }

    [SkippableFact]
    public async Task Missing_Objects_AreNullAndDeletingThemIsNoError()
    {
        (await Store.HeadAsync("no/such", default)).ShouldBeNull();
        (await Store.GetAsync("no/such", default)).ShouldBeNull();
        await Store.DeleteAsync("no/such", default);
        (await Fails(() => Store.ReadRangeAsync("no/such", null, 0, new byte[1], default))).Code.ShouldBe("STORE_NOT_FOUND");
        (await Fails(() => Store.DownloadAsync("no/such", Local.File("x"), default))).Code.ShouldBe("STORE_NOT_FOUND");
    }

    [SkippableFact]
    public async Task List_ByPrefix_ComesInOrderOfUtf8Bytes()
    {
        string[] keys = ["d/a-b", "d/a/b", "d/aa", "d/é", "d/\ufb01", "d/\U0001F600", "e/x"];
        foreach (string key in keys.Reverse()) await Store.PutAsync(key, new byte[] { 1 }, PutCondition.Always, default);
        (await KeysAsync("d/")).ShouldBe(keys[..^1].OrderBy(k => Convert.ToHexString(Encoding.UTF8.GetBytes(k)), StringComparer.Ordinal));
        (await KeysAsync("d/a")).ShouldBe(["d/a-b", "d/a/b", "d/aa"]);
        (await KeysAsync("nothing/")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task ReadRange_GivesTheBytesAndNoticesWhatChanged()
    {
        byte[] content = RandomBytes(100_000);
        await Store.PutAsync("f", content, PutCondition.Always, default);
        string version = (await Store.HeadAsync("f", default))!.Version;
        byte[] piece = new byte[5_000];
        await Store.ReadRangeAsync("f", version, 70_001, piece, default);
        piece.ShouldBe(content[70_001..75_001]);
        await Store.ReadRangeAsync("f", version, 0, Memory<byte>.Empty, default);
        (await Fails(() => Store.ReadRangeAsync("f", version, 99_000, new byte[2_000], default))).Code.ShouldBe("STORE_TRUNCATED");
        (await Fails(() => Store.ReadRangeAsync("f", version, 200_000, new byte[1], default))).Code.ShouldBe("STORE_TRUNCATED");
        content[99_999] ^= 1;
        await Store.PutAsync("f", content, PutCondition.Always, default);
        (await Fails(() => Store.ReadRangeAsync("f", version, 0, piece, default))).Code.ShouldBe("STORE_CHANGED");
    }

    [SkippableFact]
    public async Task UploadAndDownload_KeepEveryByte()
    {
        byte[] content = RandomBytes(LargePart);
        await File.WriteAllBytesAsync(Local.File("up"), content);
        await Store.UploadAsync("big", Local.File("up"), default);
        await Store.DownloadAsync("big", Local.File("down"), default);
        (await File.ReadAllBytesAsync(Local.File("down"))).AsSpan().SequenceEqual(content).ShouldBeTrue();
        await File.WriteAllBytesAsync(Local.File("empty"), []);
        await Store.UploadAsync("nothing", Local.File("empty"), default);
        (await Store.GetAsync("nothing", default)).ShouldBe([]);
    }

    [SkippableFact]
    public async Task Stage_ThenComplete_ShowsThePartOnlyAfterwards()
    {
        PendingPart part = await StageAsync("data/part-0.parquet", RandomBytes(LargePart));
        (await Store.HeadAsync(part.Key, default)).ShouldBeNull();
        (await KeysAsync("data/")).ShouldBeEmpty();
        (await Store.IsPendingAsync(part, default)).ShouldBeTrue();
        (await PendingAsync("data/")).ShouldHaveSingleItem().ShouldBe((part.Key, part.PendingId));
        (await PendingAsync("other/")).ShouldBeEmpty();

        await Store.CompleteAsync(part, default);

        (await Store.HeadAsync(part.Key, default))!.Size.ShouldBe(part.Bytes);
        (await Store.IsPendingAsync(part, default)).ShouldBeFalse();
        (await PendingAsync("")).ShouldBeEmpty();
        await Store.DownloadAsync(part.Key, Local.File("down"), default);
        Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Local.File("down")))).ShouldBe(part.Sha256);
    }

    [SkippableFact]
    public async Task Abort_PendingPart_LeavesNothingAndMayBeRepeated()
    {
        PendingPart part = await StageAsync("data/part-0.parquet", RandomBytes(1_000));
        await Store.AbortAsync(part.Key, part.PendingId, default);
        await Store.AbortAsync(part.Key, part.PendingId, default);
        (await Store.IsPendingAsync(part, default)).ShouldBeFalse();
        (await PendingAsync("")).ShouldBeEmpty();
        (await Fails(() => Store.CompleteAsync(part, default))).Code.ShouldBe("STORE_PENDING_GONE");
        (await Store.HeadAsync(part.Key, default)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task Stage_FileThatIsNotWhatWasHashed_KeepsNothing()
    {
        await File.WriteAllBytesAsync(Local.File("f"), RandomBytes(1_000));
        IObjectStore store = Store; // opened, or the test skipped, outside of the assertion
        StoreException e = await Fails(() => store.StageAsync(
            "data/p", Local.File("f"), new PartFacts("00000000000000aa", AttemptFolder, new string('0', 64), 1), default));
        e.Code.ShouldBe("STORE_HASH_MISMATCH");
        (await PendingAsync("")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Probe_ThisStore_KeepsItsPromiseAndLeavesNothing()
    {
        StoreProbe probe = await Store.ProbeAsync(default);
        probe.ConditionalWrites.ShouldBeTrue(probe.Finding);
        (await KeysAsync("artifacts/")).ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("a/")]
    [InlineData("")]
    [InlineData("a\nb")]
    public async Task Key_ThatIsNoKey_IsRefusedEverywhere(string key)
    {
        IObjectStore store = Store; // opened, or the test skipped, outside of the assertions
        (await Fails(() => store.GetAsync(key, default))).Code.ShouldBe("STORE_KEY_INVALID");
        (await Fails(() => store.PutAsync(key, default, PutCondition.Always, default))).Code.ShouldBe("STORE_KEY_INVALID");
        (await Fails(() => store.DeleteAsync(key, default))).Code.ShouldBe("STORE_KEY_INVALID");
        (await Fails(() => store.ReadRangeAsync(key, null, 0, default, default))).Code.ShouldBe("STORE_KEY_INVALID");
    }

    [SkippableFact]
    public Task Key_WithHalfACharacter_IsRefused() => Key_ThatIsNoKey_IsRefusedEverywhere("a\ud800b");

    protected async Task<PendingPart> StageAsync(string key, byte[] content)
    {
        string file = Local.File(Guid.NewGuid().ToString("N"));
        await File.WriteAllBytesAsync(file, content);
        return await Store.StageAsync(key, file,
            new PartFacts("00000000000000aa", AttemptFolder, Convert.ToHexStringLower(SHA256.HashData(content)), 7), default);
    }

    protected async Task<List<string>> KeysAsync(string prefix)
    {
        List<string> keys = [];
        await foreach (StoredObject found in Store.ListAsync(prefix, default)) keys.Add(found.Key);
        return keys;
    }

    protected async Task<List<(string Key, string PendingId)>> PendingAsync(string prefix)
    {
        List<(string, string)> found = [];
        await foreach (PendingUpload pending in Store.ListPendingAsync(prefix, default)) found.Add((pending.Key, pending.PendingId));
        return found;
    }

    protected static async Task<StoreException> Fails(Func<Task> action) => await Should.ThrowAsync<StoreException>(action);

    protected static byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(20261121).NextBytes(bytes);
        return bytes;
    }
}
