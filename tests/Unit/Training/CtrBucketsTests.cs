using BatchScoring.Training.Ctrs;

namespace BatchScoring.Tests.Unit.Training;

/// <summary>Which values are told apart where only so many are: as CatBoost's table and selection were seen to do.</summary>
public sealed class CtrBucketsTests
{
    [Theory]
    [InlineData(5, new[] { 14, 13, 12, 11, 5 })]
    [InlineData(8, new[] { 14, 13, 12, 11, 5, 7, 10, 4 })]
    public void Of_CountsWithEqualOnes_AreLeftAsTheSelectionLeavesThem(int wanted, int[] places) =>
        MostFrequent.Of([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9], wanted).ShouldBe(places);

    [Fact]
    public void Keys_OfAGrowingTable_StandSlotAfterSlot()
    {
        CtrKeyOrder order = new(expected: 3);
        foreach (ulong key in new ulong[] { 5, 9, 13, 1, 2, 21, 100 }) order.Add(key);

        order.Keys.ShouldBe([1, 2, 100, 5, 9, 13, 21]);
    }

    [Fact]
    public void Of_MoreKeysThanTheLimit_GivesTheRestTheLastNumber()
    {
        var buckets = CtrBuckets.Of([7, 7, 7, 8, 8, 9, 10, 11], limit: 2);

        buckets.Numbers.Keys.ShouldBe(new ulong[] { 7, 8 }, ignoreOrder: true);
        buckets.Rows[5..].ShouldAllBe(number => number == 1);
        buckets.Rows[0].ShouldBe(buckets.Numbers[7]);
    }
}
