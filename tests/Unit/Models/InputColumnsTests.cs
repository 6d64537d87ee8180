using BatchScoring.Models;

namespace BatchScoring.Tests.Unit.Models;

public sealed class InputColumnsTests
{
    [Theory]
    [InlineData("0,b,c", new[] { 0, 1 })] // a column called by the number is right, too
    [InlineData(",b,c", new[] { 0, 1 })] // the index that pandas writes
    [InlineData(",0,b", new[] { 1, 2 })] // the number comes before the place
    [InlineData("c,,b", new[] { -1, 2 })] // another place: CatBoost refuses it, too
    [InlineData("B,b", new[] { -1, 1 })] // letter by letter
    [InlineData("b,b", new[] { -1, 0 })]
    [InlineData("", new[] { 0, -1 })] // one column without a name
    public void Find_UnnamedAmongNamed_TakesTheNumberElseTheNamelessColumnAtItsPlace(string columns, int[] expected)
    {
        ModelInput[] inputs = [new("0", 0, ModelInputKind.Numeric) { IsNamed = false }, new("b", 1, ModelInputKind.Numeric)];

        InputColumns.Find(inputs, byPosition: false, columns.Split(',')).ShouldBe(expected);
    }

    [Fact]
    public void Find_NamedInput_IsNeverTakenFromANamelessColumn() =>
        InputColumns.Find([new("a", 0, ModelInputKind.Numeric)], byPosition: false, ["", "b"]).ShouldBe([-1]);

    [Fact]
    public void Find_ByPosition_IgnoresNames() => InputColumns.Find(
        [new("0", 0, ModelInputKind.Numeric), new("2", 2, ModelInputKind.Numeric), new("3", 3, ModelInputKind.Numeric)], byPosition: true,
            ["2", "x", "0"])
        .ShouldBe([0, 2, -1]);
}
