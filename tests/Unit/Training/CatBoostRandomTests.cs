using BatchScoring.Training.Random;

namespace BatchScoring.Tests.Unit.Training;

/// <summary>The draws that CatBoost 1.2.10 was seen to make.</summary>
public sealed class CatBoostRandomTests
{
    [Theory]
    [InlineData(0, 12283622132691337806, 3889516499669787225, 1451891202141633645UL)]
    [InlineData(1, 18351713767409615575, 12529760880878600242, null)]
    public void Next_OfASeed_IsCatBoosts(ulong seed, ulong first, ulong second, ulong? third)
    {
        CatBoostRandom random = new(seed);

        random.Next().ShouldBe(first);
        random.Next().ShouldBe(second);
        if (third is { } more) random.Next().ShouldBe(more);
    }

    [Fact]
    public void Advance_ByTen_IsTenDraws()
    {
        CatBoostRandom jumped = new(0), drawn = new(0);
        jumped.Advance(10);
        for (int i = 0; i < 10; i++) drawn.Next();

        ulong next = jumped.Next();
        next.ShouldBe(13474043267283713419);
        drawn.Next().ShouldBe(next);
        jumped.NextReal().ShouldBe(0.23208512722338898);
        jumped.NextNormal().ShouldBe(-1.1810765561594558);
    }
}
