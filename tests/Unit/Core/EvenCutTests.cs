using BatchScoring.Core;

namespace BatchScoring.Tests.Unit.Core;

public sealed class EvenCutTests
{
    [Theory]
    [InlineData(10, 4)]
    [InlineData(10, 10)]
    [InlineData(10, 64)]
    [InlineData(7, 1)]
    [InlineData(1000, 8)]
    public void Of_EqualItems_EachOnceInOrderAndEvenly(int items, int most)
    {
        IReadOnlyList<IReadOnlyList<int>> pieces = EvenCut.Of([.. Enumerable.Range(0, items)], _ => 100_000, most);

        pieces.SelectMany(piece => piece).ShouldBe(Enumerable.Range(0, items));
        pieces.Count.ShouldBe(Math.Min(items, most));
        (pieces.Max(piece => piece.Count) - pieces.Min(piece => piece.Count)).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void Of_OneHugeItem_StandsNearlyAlone()
    {
        IReadOnlyList<IReadOnlyList<long>> pieces = EvenCut.Of<long>([10, 10, 1_000_000, 10, 10], size => size, 4);

        pieces.Single(piece => piece.Contains(1_000_000)).Sum().ShouldBeLessThan(1_000_100);
        pieces.Sum(piece => piece.Sum()).ShouldBe(1_000_040);
    }

    [Fact]
    public void Of_SizesBeyond32Bits_StaysInOrder() =>
        EvenCut.Of([.. Enumerable.Range(0, 64)], _ => long.MaxValue / 10, 8).ShouldAllBe(piece => piece.Count == 8);

    [Fact]
    public void Of_Nothing_IsNothing() => EvenCut.Of(Array.Empty<int>(), size => size, 4).ShouldBeEmpty();
}
