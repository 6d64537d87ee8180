using BatchScoring.Core;
using BatchScoring.Models;
using BatchScoring.Scoring;

namespace BatchScoring.Tests.Unit.Scoring;

public sealed class ModelColumnsTests
{
    [Fact]
    public void Bind_ModelWithoutNames_CountsPlacesWithoutTheKey() =>
        Names(Model("", "", ""), ["a", "id", "b", "c"], "id").ShouldBe(["a", "b", "c"]);

    [Fact]
    public void Bind_ModelWithoutNamesAndTooFewColumns_SaysHowManyAreNeeded()
    {
        BatchScoringException error = Should.Throw<BatchScoringException>(() => Names(Model("", "", ""), ["a", "id", "b"], "id"));
        error.Code.ShouldBe("INPUT_COLUMNS_MISSING");
        error.Message.ShouldContain("has 2 columns beside the key");
        error.Message.ShouldContain("needs 3");
    }

    [Fact]
    public void Bind_ModelWithNames_AsksForThemWhateverTheTableHas() =>
        Names(Model("a", "b"), ["b", "x"], null).ShouldBe(["a", "b"]);

    [Fact]
    public void Bind_KeyThatIsAFeature_IsBoth() => Names(Model("id", "a"), ["a", "id"], "id").ShouldBe(["id", "a"]);

    [Fact]
    public void Bind_NamelessAmongNamed_IsTheColumnOfItsNumberElseTheOneWithoutAName()
    {
        Names(Model("", "a"), ["a", "0"], null).ShouldBe(["0", "a"]);
        Names(Model("", "a"), ["", "a"], null).ShouldBe(["", "a"]);
        Names(Model("", "a"), ["a", "b"], null).ShouldBe(["0", "a"]);
    }

    private static IEnumerable<string> Names(CatBoostModel model, string[] columns, string? key) =>
        ModelColumns.Bind(model, "table", columns, key).Select(request => request.Name);

    private static CatBoostModel Model(params string[] names) => new(new CatBoostModelParts
    {
        FloatFeatures = [.. names.Select((name, i) => new FloatFeature { Index = i, FlatIndex = i, Id = name, Borders = [0.5f] })],
        Symmetric = new SymmetricTrees { Depths = [1], Splits = [0] },
        LeafValues = [-1, 1],
    });
}
