using BatchScoring.Training.Random;
using BatchScoring.Training.Sampling;

namespace BatchScoring.Tests.Unit.Training;

public sealed class RowSubsetTests
{
    [Theory]
    [InlineData(100_000)] // draws nothing
    [InlineData(100_001)] // exchanges rows
    [InlineData(3_000_000)] // draws until there are enough
    public void SkipFold_Table_DrawsAsIfRowsWereWanted(int rows)
    {
        CatBoostRandom skipped = new(3), drawn = new(3);

        RowSubset.SkipFold(skipped, rows);

        if (rows > 100_000) RowSubset.Draw(drawn, rows, 100_000);
        skipped.Next().ShouldBe(drawn.Next());
    }

    [Fact]
    public void OfBorders_LargeTable_IsTheRowsThatAreDrawnInOrder()
    {
        const int Rows = 200_001;

        int[]? rows = RowSubset.OfBorders(new CatBoostRandom(3), Rows);

        rows.ShouldBe(RowSubset.Draw(new CatBoostRandom(3), Rows, 200_000).Order());
        RowSubset.OfBorders(new CatBoostRandom(3), Rows - 1).ShouldBeNull();
    }
}
