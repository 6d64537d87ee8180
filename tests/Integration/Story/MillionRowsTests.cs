using System.Diagnostics;
using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>A million rows for a spreadsheet: how long it takes, and how much memory.</summary>
public sealed class MillionRowsTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("scores.xlsx")]
    [InlineData("scores.csv", "--for-spreadsheet")]
    [InlineData("scores.csv")]
    [InlineData("scores.parquet")]
    public async Task Collect_AMillionRows_TakesUnderAMinuteAnd400MB(string file, params string[] more)
    {
        using IObjectStore store = ObjectStores.Open(new StoreOptions { Root = _folder.File("bank") });
        using var root = new ScoreRoot(store);
        await root.PublishAsync("2026-11-21", 1, DateTimeOffset.UnixEpoch, [.. Enumerable.Range(0, 10).Select(part =>
            ScoreRoot.Rows($"'K' || (range + {part}00000)", $"(hash(range + {part}00000) % 1000000007) / 1000000007", "range(100000)"))]);

        var clock = Stopwatch.StartNew();
        using Process process = BuiltProgram.BatchScore.Start(_folder.Path, new Dictionary<string, string>(),
            ["collect", "--root", _folder.File("bank"), "--date", "2026-11-21", "--output", file, "--quiet", .. more]);
        long peak = 0;
        while (!process.WaitForExit(20)) peak = Math.Max(peak, PeakKiB(process.Id));

        process.ExitCode.ShouldBe(0, await process.StandardError.ReadToEndAsync());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{file} {string.Join(' ', more)}: {clock.Elapsed.TotalSeconds:F1} s, {peak / 1024} MiB, {new FileInfo(_folder.File(file)).Length:N0} bytes"));
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(1));
        peak.ShouldBeLessThan(400_000_000 / 1024);
    }

    public void Dispose() => _folder.Dispose();

    private static long PeakKiB(int process)
    {
        try
        {
            string line = File.ReadLines($"/proc/{process}/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return 0; // it has ended
        }
    }
}
