using System.Security.Cryptography;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Hosts;

/// <summary>What every host can do, however it is reached.</summary>
public abstract class HostContract : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private protected TemporaryFolder Folder { get; } = new();

    private protected abstract IHost Host { get; }

    private protected string Remote => Folder.File("remote");

    public virtual void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public async Task Run_Script_AnswersOutputErrorsAndExitCode()
    {
        ShellAnswer answer = await RunAsync("printf '%s|' \"$@\"; echo no >&2; exit 3", "a b", "it's", "$(id)", "", "line\nbreak", "ü");
        answer.ShouldSatisfyAllConditions(
            () => answer.Text.ShouldBe("a b|it's|$(id)||line\nbreak|ü|"),
            () => answer.Errors.ShouldContain("no"),
            () => answer.ExitCode.ShouldBe(3));
    }

    [SkippableFact]
    public async Task Run_ScriptWithoutOutput_AnswersNothing() => (await RunAsync(":")).Output.ShouldBeEmpty();

    [SkippableFact]
    public async Task Run_OutputOfAnyBytes_ComesUnchanged()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(3_000_000);
        await File.WriteAllBytesAsync(Folder.File("bytes"), bytes);
        (await RunAsync("cat \"$1\"", Folder.File("bytes"))).Output.ShouldBe(bytes);
    }

    [SkippableFact]
    public async Task Run_ScriptThatReads_FindsItsInputEmpty() => (await RunAsync("cat; echo end")).Text.ShouldBe("end\n");

    [SkippableFact]
    public async Task Run_LongerThanItsDeadline_IsOfUnknownOutcome()
    {
        BatchScoringException error = await Should.ThrowAsync<BatchScoringException>(
            () => Host.RunAsync(new ShellScript("sleep 60"), TimeSpan.FromSeconds(1), CancellationToken.None));
        error.Code.ShouldBe("REMOTE_LINK_LOST");
        (await RunAsync("echo again")).Text.ShouldBe("again\n");
    }

    [SkippableFact]
    public async Task Run_Cancelled_EndsAtOnce()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));
        await Should.ThrowAsync<OperationCanceledException>(() => Host.RunAsync(new ShellScript("sleep 60"), Minute, stop.Token));
    }

    [SkippableFact]
    public async Task Run_ManyAtATime_AllAnswer()
    {
        ShellAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 14).Select(i => RunAsync("sleep 0.2; echo $1", $"{i}")));
        answers.Select(answer => answer.Text.Trim()).ShouldBe(Enumerable.Range(0, 14).Select(i => $"{i}"));
    }

    [SkippableTheory]
    [InlineData(0, 10)]
    [InlineData(1, 5)]
    [InlineData(999_995, 5)]
    [InlineData(999_995, 100)]
    [InlineData(1_000_000, 100)]
    [InlineData(2_000_000, 100)]
    public async Task Read_RangeOfAFile_IsThatRange(int offset, int max)
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(1_000_000);
        await File.WriteAllBytesAsync(Folder.File("it's a file"), bytes);
        byte[] read = await HostFiles.ReadAsync(Host, Folder.File("it's a file"), offset, max, CancellationToken.None);
        read.ShouldBe(bytes.Skip(offset).Take(max).ToArray());
    }

    [SkippableFact]
    public async Task Read_FileThatIsNotThere_SaysWhich()
    {
        BatchScoringException error = await Should.ThrowAsync<BatchScoringException>(
            () => HostFiles.ReadAsync(Host, "/no/such", 0, 1, CancellationToken.None));
        error.Code.ShouldBe("REMOTE_FILE_FAILED");
        error.Message.ShouldContain("/no/such");
    }

    [SkippableTheory]
    [InlineData("plain.bin")]
    [InlineData("it's \"a\" file; $(touch hacked) *[x]?\\.bin")]
    public async Task Upload_File_ArrivesWholeUnderItsNameAlone(string name)
    {
        string file = LocalFile(name, 5_000_000);
        long? sent = await UploadAsync(file);
        sent.ShouldBe(5_000_000);
        (await File.ReadAllBytesAsync(Path.Combine(Remote, name))).ShouldBe(await File.ReadAllBytesAsync(file));
        Directory.GetFiles(Remote).Select(Path.GetFileName).ShouldBe([name]);
    }

    [SkippableFact]
    public async Task Upload_EmptyFile_Arrives()
    {
        await UploadAsync(LocalFile("empty", 0));
        new FileInfo(Path.Combine(Remote, "empty")).Length.ShouldBe(0);
    }

    [SkippableFact]
    public async Task Upload_UnchangedFile_IsNotSentAgain()
    {
        string file = LocalFile("same", 100_000);
        await UploadAsync(file);
        (await UploadAsync(file)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task Upload_ChangedFileOfTheSameLength_ReplacesTheOldOne()
    {
        await UploadAsync(LocalFile("changed", 100_000));
        string file = LocalFile("changed", 100_000);
        await UploadAsync(file);
        (await File.ReadAllBytesAsync(Path.Combine(Remote, "changed"))).ShouldBe(await File.ReadAllBytesAsync(file));
    }

    [SkippableFact]
    public async Task Upload_AfterACut_SendsTheRestOnly()
    {
        string file = LocalFile("rest", 3_000_000);
        byte[] bytes = await File.ReadAllBytesAsync(file);
        await WritePartAsync(file, bytes[..2_000_000]);
        (await UploadAsync(file)).ShouldBe(1_000_000);
        (await File.ReadAllBytesAsync(Path.Combine(Remote, "rest"))).ShouldBe(bytes);
    }

    [SkippableFact]
    public async Task Upload_AfterADamagedBeginning_SendsAllAnew()
    {
        string file = LocalFile("damaged", 3_000_000);
        await WritePartAsync(file, new byte[2_000_000]);
        await UploadAsync(file);
        (await File.ReadAllBytesAsync(Path.Combine(Remote, "damaged"))).ShouldBe(await File.ReadAllBytesAsync(file));
        Directory.GetFiles(Remote).Length.ShouldBe(1);
    }

    [SkippableFact]
    public async Task Upload_ToAFolderThatCannotBeMade_SaysWhich()
    {
        await File.WriteAllTextAsync(Folder.File("remote"), "a file");
        BatchScoringException error = await Should.ThrowAsync<BatchScoringException>(() => UploadAsync(LocalFile("x", 10)));
        error.Code.ShouldBe("REMOTE_FILE_FAILED");
        error.Message.ShouldContain(Remote);
    }

    [SkippableFact]
    public async Task Upload_MoreThanThereIsRoom_SaysBothNumbers()
    {
        string file = Folder.File("huge");
        await using (FileStream stream = File.Create(file)) stream.SetLength(4L << 40);
        BatchScoringException error = await Should.ThrowAsync<BatchScoringException>(() => UploadAsync(file));
        error.Code.ShouldBe("REMOTE_DISK_FULL");
        error.Message.ShouldContain("4194320 MiB are needed");
    }

    private protected string LocalFile(string name, int bytes)
    {
        Directory.CreateDirectory(Folder.File("here"));
        string file = Folder.File("here", name);
        File.WriteAllBytes(file, RandomNumberGenerator.GetBytes(bytes));
        return file;
    }

    private protected Task<long?> UploadAsync(string file) =>
        new FileUpload(Host, 7).RunAsync(file, Remote, _ => { }, CancellationToken.None);

    private async Task WritePartAsync(string file, byte[] part)
    {
        Directory.CreateDirectory(Remote);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file)));
        await File.WriteAllBytesAsync(Path.Combine(Remote, $".upload-{sha256[..32]}"), part);
    }

    private Task<ShellAnswer> RunAsync(string text, params IReadOnlyList<string> words) =>
        Host.RunAsync(new ShellScript(text, [.. words.Select(ShellWord.Of)]), Minute, CancellationToken.None);
}
