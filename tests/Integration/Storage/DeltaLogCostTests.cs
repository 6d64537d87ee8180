using System.Diagnostics;
using System.Runtime.CompilerServices;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Integration.Storage;

/// <summary>What the log adds to a publish: requests, and time as a share of the publish without it.</summary>
public sealed class DeltaLogCostTests(ITestOutputHelper output) : IDisposable
{
    private const int Rounds = 5;
    private readonly TemporaryFolder _folder = new();

    [SkippableTheory]
    [InlineData(1, false)]
    [InlineData(100, false)]
    [InlineData(1, true)]
    [InlineData(100, true)]
    public async Task Publish_WithTheLog_AsksTheStoreThreeTimesMore(int parts, bool onS3)
    {
        List<(double Without, double Log)> milliseconds = [];
        for (int round = 0; round < Rounds; round++)
        {
            StoreOptions options = onS3 ? S3Server.Require().NewRoot() : new StoreOptions { Root = _folder.File($"{parts}-{round}") };
            using IObjectStore store = ObjectStores.Open(options, S3Server.Credentials);
            Manifest manifest = await new PublishWorld(store, _folder.Path).PrepareAsync("aaaaaaaaaaaaaaaa", parts: parts);
            LogWatch watch = new(store);
            Publisher publisher = new(watch);
            await publisher.PublishAsync(new PublishRequest(manifest, []), default); // the first of a root probes the store, and makes the log
            Manifest next = await new PublishWorld(store, _folder.Path).PrepareAsync("bbbbbbbbbbbbbbbb", parts: parts, date: "2026-11-22");
            watch.Requests = 0;
            watch.Milliseconds = 0;
            long start = Stopwatch.GetTimestamp();

            await publisher.PublishAsync(new PublishRequest(next, []), default);

            double all = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            watch.Requests.ShouldBe(3);
            milliseconds.Add((all - watch.Milliseconds, watch.Milliseconds));
        }

        (double without, double log) = milliseconds.OrderBy(one => one.Without + one.Log).ElementAt(Rounds / 2);
        output.WriteLine(FormattableString.Invariant(
            $"{(onS3 ? "S3" : "folder")}, {parts} part(s): {without:0.0} ms without the log, {log:0.0} ms more with it (3 requests)"));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Counts and times what is asked of the log's folder.</summary>
    private sealed class LogWatch(IObjectStore inner) : StoreDecorator(inner)
    {
        public int Requests { get; set; }

        public double Milliseconds { get; set; }

        public override async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
        {
            List<StoredObject> found = await TimedAsync(prefix, async () =>
            {
                List<StoredObject> all = [];
                await foreach (StoredObject one in base.ListAsync(prefix, cancellation)) all.Add(one);
                return all;
            });
            foreach (StoredObject one in found) yield return one;
        }

        public override Task<StoredObject?> HeadAsync(string key, CancellationToken cancellation) =>
            TimedAsync(key, () => base.HeadAsync(key, cancellation));

        public override Task<byte[]?> GetAsync(string key, CancellationToken cancellation) =>
            TimedAsync(key, () => base.GetAsync(key, cancellation));

        protected override Task<T> WriteAsync<T>(string what, Func<Task<T>> write) => TimedAsync(what[(what.IndexOf(' ') + 1)..], write);

        private async Task<T> TimedAsync<T>(string key, Func<Task<T>> call)
        {
            if (!key.StartsWith(FolderLayout.DeltaLog, StringComparison.Ordinal)) return await call();
            Requests++;
            long start = Stopwatch.GetTimestamp();
            T result = await call();
            Milliseconds += Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            return result;
        }
    }
}
