using BatchScoring.Models;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>A model without feature names takes its columns by their places beside the key.</summary>
public sealed class NamelessModelTests : IDisposable
{
    private readonly SmallStory _story = new();

    public NamelessModelTests() => File.WriteAllBytes(_story.File("nameless.cbm"), new CatBoostModel(new CatBoostModelParts
    {
        // Only the second column is used.
        FloatFeatures = [new FloatFeature { Index = 0, FlatIndex = 0 }, new FloatFeature { Index = 1, FlatIndex = 1, Borders = [1.5f] }],
        Symmetric = new SymmetricTrees { Depths = [1], Splits = [0] },
        LeafValues = [-1, 1],
    }).ToCbm());

    [Fact]
    public void Score_ColumnsWithNames_BindsByPositionAndSaysSo()
    {
        _story.Deliver("SELECT 7 AS a, range AS ID, range AS b FROM range(4)");

        Score().ShouldExitWith(0).Errors.ShouldContain("bound by position");

        _story.OfDate("collect", "--output", "scores.csv").ShouldExitWith(0);
        string[][] rows = [.. File.ReadLines(_story.File("scores.csv")).Select(line => line.Split(','))];
        int id = Array.IndexOf(rows[0], "ID"), raw = Array.IndexOf(rows[0], "RawFormulaVal");
        rows.Skip(1).Select(row => $"{row[id]} {row[raw]}").Order().ShouldBe(["0 -1.0", "1 -1.0", "2 1.0", "3 1.0"]);
    }

    [Theory]
    [InlineData("SELECT 1 AS ID, 2 AS a", "needs 2")]
    [InlineData("SELECT 1 AS ID, 2 AS a, DATE '2026-01-01' AS b", "b is DATE")]
    public void Score_TooFewColumnsOrWrongOnes_SaysWhatIsNeeded(string select, string says)
    {
        _story.Deliver(select);

        ProgramResult result = Score().ShouldExitWith(65);

        result.Errors.ShouldContain("SCHEMA_MISMATCH");
        result.Errors.ShouldContain(says);
    }

    private ProgramResult Score() => _story.OfDate("score", "--model", "nameless.cbm", "--key", "ID", "--unsealed");

    public void Dispose() => _story.Dispose();
}
