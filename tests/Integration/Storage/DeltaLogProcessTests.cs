using System.Diagnostics;
using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.DuckDb;
using BatchScoring.Storage;
using BatchScoring.Tests.Integration.Story;
using BatchScoring.Tests.Testing;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Integration.Storage;

/// <summary>Real processes score the same and different dates at once; some are killed (SIGKILL), somebody recovers.</summary>
public sealed class DeltaLogProcessTests(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 20261129;
    private static readonly string[] Dates = ["2026-11-22", "2026-11-22", "2026-11-23", "2026-11-24"];
    private static readonly int Rounds = Environment.GetEnvironmentVariable("BATCHSCORING_FULL") == "1" ? 20 : 3;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Scores_OfProcessesThatRaceAndDie_AreInTheLogExactlyAsTheyAreSealed()
    {
        Deliver();
        Random dice = new(Seed);
        int killed = 0, entries = 0;
        using IObjectStore store = ObjectStores.Open(new StoreOptions { Root = _folder.File("bank") });
        for (int round = 0; round < Rounds; round++)
        {
            Dictionary<string, int> next = await NextRevisionsAsync(store);
            Process[] processes = [.. Dates.Select(date => Start(date, next[date]))];
            bool[] died = await Task.WhenAll(processes.Select(process =>
                EndAsync(process, dice.Next(2) == 0 ? TimeSpan.FromMilliseconds(dice.Next(200, 1500)) : null)));
            killed += died.Count(one => one);

            Run("recover").ShouldExitWith(0);
            entries = await StrictDeltaReader.ShouldShowWhatIsSealedAsync(store, $"round {round}");
        }

        output.WriteLine($"seed {Seed}: {Rounds} rounds, {Rounds * Dates.Length} processes, {killed} killed, {entries} entries; missing 0, surplus 0, doubled 0");
        killed.ShouldBeGreaterThan(0);
        entries.ShouldBeGreaterThan(0);
    }

    public void Dispose() => _folder.Dispose();

    private static Dictionary<string, string> Variables(string root) => new() { ["BATCHSCORING_ROOT"] = root };

    /// <returns>Whether it was killed before it ended.</returns>
    private static async Task<bool> EndAsync(Process process, TimeSpan? killAfter)
    {
        using (process)
        {
            Task<string> said = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
            Task ends = process.WaitForExitAsync();
            if (killAfter is { } after && await Task.WhenAny(ends, Task.Delay(after, TimeProvider.System)) != ends) process.Kill();
            await ends;
            // 137: killed. All others have won, or lost to an equal result.
            process.ExitCode.ShouldBeOneOf([0, 137], await said + await errors);
            return process.ExitCode == 137;
        }
    }

    private static async Task<Dictionary<string, int>> NextRevisionsAsync(IObjectStore store)
    {
        IReadOnlyList<Dataset> all = await new DatasetReader(store).ScanAsync(FolderLayout.Inferences, default);
        return Dates.Distinct().ToDictionary(date => date, date => 1 + all
            .Where(dataset => dataset.Folder.Contains(date, StringComparison.Ordinal)).Select(dataset => dataset.Revision ?? 0).DefaultIfEmpty(0).Max());
    }

    private void Deliver()
    {
        using var database = DuckDatabase.Open();
        using DuckConnection duck = database.Connect();
        foreach (string date in Dates.Distinct())
        {
            string folder = _folder.File("bank", "test_sample", "run_date=" + date);
            Directory.CreateDirectory(folder);
            duck.Execute($"COPY (SELECT range AS ID, {SmallStory.Columns} FROM range(40)) TO '{folder}/part.parquet' (FORMAT PARQUET)");
        }
    }

    private Process Start(string date, int revision) => BuiltProgram.BatchScore.Start(_folder.Path, Variables(_folder.File("bank")),
        ["score", "--date", date, "--model", CreditCardStory.Model, "--key", "ID", "--unsealed", "--revision", revision.ToString(CultureInfo.InvariantCulture), "--reason", "race"]);

    private ProgramResult Run(params string[] arguments) =>
        BuiltProgram.BatchScore.Run(_folder.Path, Variables(_folder.File("bank")), arguments);
}
