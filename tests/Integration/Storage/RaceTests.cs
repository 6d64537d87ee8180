using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Storage;

/// <summary>Sixteen publishers at once: exactly one wins, every other one is told who, and a reader sees one attempt's rows.</summary>
public sealed class RaceTests : IDisposable
{
    private const int Publishers = 16;
    private readonly TemporaryFolder _folder = new();

    private static int Rounds => Environment.GetEnvironmentVariable("BATCHSCORING_FULL") == "1" ? 1_000 : 100;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Publish_Raced_OnAFolder_HasOneWinner() =>
        RaceAsync(round => ObjectStores.Open(new StoreOptions { Root = _folder.File(FormattableString.Invariant($"root-{round}")) }));

    [Fact]
    public async Task Publish_Raced_OnAnAtomicStore_HasOneWinner()
    {
        using AtomicS3 server = new();
        await RaceAsync(round => new S3Store(server.Options(FormattableString.Invariant($"root-{round}")), S3Server.Credentials));
    }

    private async Task RaceAsync(Func<int, IObjectStore> open)
    {
        for (int round = 0; round < Rounds; round++)
        {
            using IObjectStore store = open(round);
            PublishWorld world = new(store, _folder.Path);
            Manifest[] manifests = await Task.WhenAll(Enumerable.Range(0, Publishers).Select(i =>
                world.PrepareAsync(i.ToString("x16", CultureInfo.InvariantCulture), i % 2 == 0 ? "same" : "diff", parts: 1)));
            using Barrier start = new(Publishers);
            PublishResult[] results = await Task.WhenAll(manifests.Select(manifest => Task.Factory.StartNew(() =>
            {
                start.SignalAndWait();
                return new Publisher(store).PublishAsync(new PublishRequest(manifest, []), default);
            }, TaskCreationOptions.LongRunning).Unwrap()));
            results.Count(r => r.Outcome == PublishOutcome.Won).ShouldBe(1);
            int winner = Array.FindIndex(results, r => r.Outcome == PublishOutcome.Won);
            results.Select(r => r.Winner.Manifest.Attempt).Distinct().ShouldBe([manifests[winner].Attempt]);
            for (int i = 0; i < Publishers; i++)
            {
                if (i != winner) results[i].Outcome.ShouldBe(i % 2 == winner % 2
                    ? PublishOutcome.LostToEqual
                    : PublishOutcome.LostToDifferent);
            }
            (await world.ReadAsync()).ShouldBe(manifests[winner].Attempt);
            (await world.PendingAsync()).ShouldBeEmpty();
            if (store.LocalPath("x") is not null) Directory.Delete(store.Options.Root, recursive: true);
        }
    }
}
