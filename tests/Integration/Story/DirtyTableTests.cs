using BatchScoring.DuckDb;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>
/// Bad rows that datagen plants and lists are the rows that the jobs set aside: the same ones, for the same reasons, and no others.
/// </summary>
public sealed class DirtyTableTests : IDisposable
{
    private const string Date = "2026-11-21";
    private static readonly string[] FoundByImport = ["MISSING_KEY", "DUPLICATE_KEY", "UNREADABLE_NUMBER"];

    private readonly TemporaryFolder _folder = new();
    private readonly DuckDatabase _database = DuckDatabase.Open();
    private readonly DuckConnection _duck;

    public DirtyTableTests() => _duck = _database.Connect();

    public void Dispose()
    {
        _duck.Dispose();
        _database.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("parquet")]
    [InlineData("csv")]
    public void Jobs_OnATableWithPlantedRows_SetExactlyTheseAside(string format)
    {
        BuiltProgram.DataGen.Run(_folder.Path, new Dictionary<string, string>(),
            "--rows", "5000", "--seed", "11", "--dirt", "210", "--format", format, "--out", "loans").ShouldExitWith(0);
        // Every second row stands for the future; all that import finds bad is reported with the learning table.
        Run("import", _folder.File("loans", $"part-00000.{format}"), "--key", "id", "--label", "default", "--like", About("model.cbm"),
            "--test-where", "id % 2 = 0", "--sample-share", "1", "--first-date", Date, "--max-bad-percent", "50");
        Run("sample", "--date", Date);
        Run("score", "--date", Date, "--model", About("model.cbm"), "--contract", About("contract.json"), "--max-bad-percent", "50");

        string[][] listed = File.ReadLines(About("planted.csv")).Skip(1).Select(line => line.Split(',')).ToArray();
        listed.Length.ShouldBe(210);
        Quarantine("import-train-r1", "row || ' ' || code || ' ' || \"column\"").ShouldBe(
            listed.Where(cells => FoundByImport.Contains(cells[3])).Select(cells => $"{cells[1]} {cells[3]} {cells[4]}")
                .Order(StringComparer.Ordinal));
        Quarantine($"score-{Date}-r1", "key || ' ' || code || ' ' || \"column\"").ShouldBe(
            listed.Where(cells => !FoundByImport.Contains(cells[3]) && int.Parse(cells[2]) % 2 == 0)
                .Select(cells => $"{cells[2]} {cells[3]} {cells[4]}").Order(StringComparer.Ordinal));
    }

    private string About(string name) => _folder.File("loans", "_about", name);

    private void Run(params string[] arguments) => BuiltProgram.BatchScore.Run(
        _folder.Path, new Dictionary<string, string> { ["BATCHSCORING_ROOT"] = _folder.File("bank") }, arguments).ShouldExitWith(0);

    private string[] Quarantine(string run, string expression)
    {
        IEnumerable<string> files =
            Directory.EnumerateFiles(_folder.File("bank", "artifacts", "runs", run), "*.parquet", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "quarantine");
        using DuckResult result = _duck.Query($"SELECT {expression} FROM read_parquet({DuckSql.Literals(files)})");
        return [.. result.Rows().Select(row => (string)row[0]!).Order(StringComparer.Ordinal)];
    }
}
