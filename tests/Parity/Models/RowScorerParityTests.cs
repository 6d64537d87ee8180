using BatchScoring.Models;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Parity.Models;

/// <summary>One row at a time gives CatBoost's bits too.</summary>
public sealed class RowScorerParityTests
{
    public static TheoryData<string> Cases => [.. GoldenCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Score_GoldenCase_HasCatBoostsBits(string name)
    {
        var golden = GoldenCase.Load(name);
        Bits.ShouldBe(golden.ExpectedRaw, Bits.ScoreRows(golden.Table, new RowScorer(golden.Model)), name);
    }
}
