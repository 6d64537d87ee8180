using System.Globalization;
using BatchScoring.Tests.Testing;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Integration.Fit;

/// <summary>
/// A training that is killed again and again, and started again with the same command, ends with the file that it would have ended with at
/// once. <c>BATCHSCORING_FULL=1</c> kills it fifty times.
/// </summary>
public sealed class FitKillTests(ITestOutputHelper output) : IDisposable
{
    private const int Killed = 137, LongestLife = 12;
    private static readonly int Kills = Environment.GetEnvironmentVariable("BATCHSCORING_FULL") == "1" ? 50 : 4;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fit_KilledAtRandomMoments_EndsWithTheSameFile()
    {
        FitProcess.WriteRows(_folder.File("rows.csv"), 600);
        using (FitProcess whole = Start("whole.cbm")) whole.WaitForEnd().ShouldBe(0, whole.Errors);
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);

        for (int kill = 0; kill < Kills; kill++)
        {
            // None: while rows are read. Afterwards the state is written at the same time as this is read.
            int lines = random.Next(LongestLife);
            using FitProcess life = Start("resumed.cbm", "--snapshot", "state", "--snapshot-interval", "0");
            life.WaitForProgress(lines).ShouldBeTrue($"seed {seed}, kill {kill}: {life.Errors}");
            life.Kill();
            life.WaitForEnd().ShouldBe(Killed, $"seed {seed}, kill {kill}: {life.Errors}");
            Directory.GetFiles(_folder.Path, "*.cbm").Select(Path.GetFileName).ShouldBe(["whole.cbm"]);
        }

        using FitProcess last = Start("resumed.cbm", "--snapshot", "state", "--snapshot-interval", "0");
        last.WaitForEnd().ShouldBe(0, $"seed {seed}: {last.Errors}");
        File.ReadAllBytes(_folder.File("resumed.cbm")).ShouldBe(File.ReadAllBytes(_folder.File("whole.cbm")), $"seed {seed}");
    }

    private FitProcess Start(string model, params string[] more) => FitProcess.Start(
        _folder.Path, ["--input", "rows.csv", "--label", "y", "--ignore", "part", "--cat-features", "kind", "--eval-where", "part = 4", "--set",
            string.Create(CultureInfo.InvariantCulture, $"iterations={(Kills + 1) * LongestLife}"), "--set", "use_best_model=false", "--set",
            "one_hot_max_size=2", "--threads", "2", "--output", model, .. more]);
}
