using System.Diagnostics;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Integration.Storage;

/// <summary>
/// A process of its own stages and publishes, and is killed (SIGKILL) at its n-th write, for every n. Then a reader looks, and another
/// process's worth of code takes over.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    private const string A = "aaaaaaaaaaaaaaaa";
    private const string B = "bbbbbbbbbbbbbbbb";
    private const int CrashParts = 2;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task Publish_KilledAtEveryChangeOfTheDisk_LosesAndDoublesNothing()
    {
        bool lived = false;
        int kills = 0;
        for (int first = 1; !lived; first += 8)
        {
            first.ShouldBeLessThan(200);
            bool[] ended = new bool[8];
            await Parallel.ForEachAsync(Enumerable.Range(first, 8), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (killAt, _) =>
            {
                StoreOptions root = new() { Root = _folder.File(FormattableString.Invariant($"root-{killAt}")) };
                using Process process = Start(root, killAt);
                await process.WaitForExitAsync();
                ended[killAt - first] = process.ExitCode == 0;
                if (!ended[killAt - first]) process.ExitCode.ShouldBe(128 + 9, await process.StandardError.ReadToEndAsync());
                await TakeOverAsync(ObjectStores.Open(root), killAt);
            });
            kills += ended.Count(e => !e);
            lived = ended.All(e => e);
        }
        Report("folder", kills);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Publish_KilledAtEveryRequestThatWrites_LosesAndDoublesNothing(bool afterwards)
    {
        var server = S3Server.Require();
        using FaultProxy proxy = new(server.Address);
        bool lived = false;
        int kills = 0;
        for (int killAt = 1; !lived; killAt++)
        {
            killAt.ShouldBeLessThan(50);
            int writes = 0;
            Process? process = null;
            TaskCompletionSource started = new();
            proxy.Fault = async request =>
            {
                await started.Task;
                bool mine = request.IsWrite && Interlocked.Increment(ref writes) == killAt;
                if (mine && !afterwards) process!.Kill();
                if (mine && !afterwards) return null;
                byte[] answer = await proxy.ForwardAsync(request);
                if (mine) process!.Kill();
                return answer;
            };
            StoreOptions root = server.NewRoot();
            using (process = Start(root with { Endpoint = proxy.Address }, 0))
            {
                started.SetResult();
                await process.WaitForExitAsync();
                lived = process.ExitCode == 0;
                if (!lived) process.ExitCode.ShouldBe(128 + 9, await process.StandardError.ReadToEndAsync());
            }
            await TakeOverAsync(ObjectStores.Open(root, S3Server.Credentials), killAt);
            if (!lived) kills++;
        }
        Report(afterwards ? "S3, after the write" : "S3, before the write", kills);
    }

    /// <summary>What stands is read, then completed in one of three ways by turns; then exactly one attempt's rows are there.</summary>
    private async Task TakeOverAsync(IObjectStore store, int turn)
    {
        using IObjectStore closing = store;
        PublishWorld world = new(store, _folder.Path);
        await world.ReadAsync();
        Publisher publisher = new(store, null, new InstantTime());
        bool published = await store.HeadAsync(PublishWorld.Folder + FolderLayout.Manifest, default) is not null;
        RecoverResult recovered = turn % 2 == 0
            ? await publisher.RecoverAsync(PublishWorld.Folder, default)
            : new RecoverResult(RecoverOutcome.NothingPublished, null);
        if (turn % 2 == 0) (recovered.Outcome == RecoverOutcome.NothingPublished).ShouldBe(!published);
        if (turn % 2 == 0 && published) (await world.ReadAsync()).ShouldBe(A);
        Manifest next = await world.PrepareAsync(B, turn % 3 == 0 ? "diff" : "same", CrashParts);
        PublishOutcome outcome = (await publisher.PublishAsync(new PublishRequest(next, []), default)).Outcome;
        outcome.ShouldBe(!published ? PublishOutcome.Won : turn % 3 == 0 ? PublishOutcome.LostToDifferent : PublishOutcome.LostToEqual);
        (await world.ReadAsync()).ShouldBe(published ? A : B);
        await new PendingCleaner(store, new ShiftedTime(TimeSpan.FromDays(8)))
            .CleanAsync(PendingCleaner.DefaultRetention, dryRun: false, default);
        (await world.PendingAsync()).ShouldBeEmpty();
        (await world.ReadAsync()).ShouldBe(published ? A : B);
        (await new DatasetVerifier(store).VerifyAsync(PublishWorld.Folder, default)).IsEqual.ShouldBeTrue();
    }

    private void Report(string where, int kills)
    {
        kills.ShouldBeGreaterThan(10);
        output.WriteLine(FormattableString.Invariant(
            $"{where}: killed at {kills} places; rows lost 0, duplicated 0, two winners 0, taken for finished too early 0"));
    }

    private Process Start(StoreOptions root, int killAt)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "BatchScoring.Tests.Crash.dll");
        return Process.Start(new ProcessStartInfo("dotnet",
            [program, root.Root, root.Endpoint ?? "", A, _folder.Path, FormattableString.Invariant($"{CrashParts}"),
                FormattableString.Invariant($"{killAt}")])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
    }
}
