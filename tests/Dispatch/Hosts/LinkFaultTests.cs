using System.Collections.Concurrent;
using BatchScoring.Dispatcher.Hosts;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Dispatch.Hosts;

/// <summary>Cut links while steps are at work: no job lost, none started twice, found again. BATCHSCORING_FULL=1: 100 cuts.</summary>
public sealed class LinkFaultTests(ITestOutputHelper output)
{
    private const int FirstSeed = 100, AtATime = 5;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly int Cuts = Environment.GetEnvironmentVariable("BATCHSCORING_FULL") == "1" ? 100 : 10;

    [SkippableFact]
    public Task SshNet_LinkCut_LosesAndDoublesNothing() => CutAsync(HostTransport.SshNet);

    [SkippableFact]
    public Task OpenSsh_LinkCut_LosesAndDoublesNothing() => CutAsync(HostTransport.OpenSsh);

    private async Task CutAsync(HostTransport transport)
    {
        SshServer.Require();
        ConcurrentBag<CutResult> results = [];
        // In CI the few seeds are spread so that every fault and every moment is among them.
        int[] seeds = [.. Enumerable.Range(0, Cuts).Select(i => FirstSeed + (Cuts == 10 ? (i * 7) : i))];
        await Parallel.ForEachAsync(seeds, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (seed, _) =>
        {
            using var cut = new LinkCut(seed, transport);
            CutResult result = await cut.RunAsync();
            results.Add(result);
            output.WriteLine(result.ToString());
        });
        TimeSpan[] back = [.. results.Where(result => result.Back is not null).Select(result => result.Back!.Value).Order()];
        output.WriteLine($"{transport}: {results.Count} cuts, {results.Count(result => result.Met)} met a step at work, "
            + $"lost {results.Count(result => result.Lost)}, started twice {results.Count(result => result.Started > 1)}, "
            + $"back after {back[back.Length / 2].TotalSeconds:0.0} s (median), {back[^1].TotalSeconds:0.0} s (most)");
        results.Where(result => result.Lost).ShouldBeEmpty();
        results.Where(result => result.Started > 1).ShouldBeEmpty();
        results.Where(result => result.Back > Soon).ShouldBeEmpty();
        results.Count(result => result.Met).ShouldBeGreaterThanOrEqualTo(Cuts / 2);
    }
}
