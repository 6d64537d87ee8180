using System.Text.Json.Nodes;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Cases;

/// <summary>Two revisions of the same rows, and two dates of different rows, side by side.</summary>
public sealed class CompareTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Compare_RevisionsAndDates_CountMovesBandsAndOrder()
    {
        string one = Repository.Data("golden", "catboost", "categorical-onehot", "model.cbm"),
            other = Repository.Data("golden", "catboost", "categorical-ctr", "model.cbm");
        File.WriteAllLines(_folder.File("rows.csv"), File.ReadLines(Repository.Data("UCI_Credit_Card.csv")).Take(2001));
        Run("import", _folder.File("rows.csv"), "--key", "ID", "--label", "default.payment.next.month", "--like", one,
            "--test-where", "true", "--sample-share", "0.5", "--first-date", "2026-11-20");
        foreach (string date in new[] { "2026-11-20", "2026-11-21" })
        {
            Run("sample", "--date", date);
            Run("score", "--date", date, "--model", one);
        }

        Run("score", "--date", "2026-11-21", "--model", other, "--revision", "2", "--reason", "another model");
        Directory.CreateDirectory(_folder.File("root", "artifacts"));
        File.WriteAllText(_folder.File("root", "artifacts", "policy.json"), """{ "bands": [ { "name": "low", "below": 0.1 }, { "name": "high" } ], "cut_off": 0.1 }""");

        JsonNode revisions = Json("compare", "2026-11-21");
        long rows = (long)revisions["now"]!["rows"]!;
        rows.ShouldBeInRange(900, 1100);
        ((long)revisions["rows_in_both"]!).ShouldBe(rows);
        long[][] moves = [.. revisions["migration"]!.AsArray().Select(row => row!.AsArray().Select(cell => (long)cell!).ToArray())];
        moves.Sum(row => row.Sum()).ShouldBe(rows);
        moves.Select(row => row.Sum()).ShouldBe(revisions["then"]!["bands"]!.AsArray().Select(count => (long)count!));
        ((double)revisions["rank_correlation"]!).ShouldBeInRange(0.5, 0.9999);
        JsonNode[] moved = [.. revisions["moved"]!.AsArray().Select(row => row!)];
        moved.Length.ShouldBe(10);
        double[] distances = [.. moved.Select(row => Math.Abs((double)row["now"]! - (double)row["then"]!))];
        distances.ShouldBe(distances.OrderDescending());

        JsonNode dates = Json("compare", "2026-11-21", "2026-11-20", "--revision", "1");
        ((long)dates["rows_in_both"]!).ShouldBe(0);
        ((double)dates["psi"]!["value"]!).ShouldBeLessThan(0.1);
        Run("compare", "2026-11-21", "2026-11-20", "--revision", "1").ShouldContain("No row is in both");

        Refused(64, "OPTION_INVALID", "compare", "2026-11-21", "2");
        Refused(64, "OPTION_INVALID", "compare", "2026-11-20");
        Refused(65, "DATASET_NOT_FOUND", "compare", "2026-11-21", "7");
    }

    private string Run(params string[] arguments)
    {
        ProgramResult result = Program(arguments);
        result.ExitCode.ShouldBe(0, result.Errors);
        return result.Output;
    }

    private JsonNode Json(params string[] arguments) => JsonNode.Parse(Run([.. arguments, "--format", "json"]))!;

    private void Refused(int exit, string code, params string[] arguments)
    {
        ProgramResult result = Program(arguments);
        result.ExitCode.ShouldBe(exit, result.Errors);
        result.Errors.ShouldContain(code);
    }

    private ProgramResult Program(string[] arguments) => BuiltProgram.BatchScore.Run(
        _folder.Path, new Dictionary<string, string> { ["BATCHSCORING_ROOT"] = _folder.File("root") }, [.. arguments, "--quiet"]);
}
