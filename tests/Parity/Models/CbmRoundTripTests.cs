using BatchScoring.Models;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Parity.Models;

public sealed class CbmRoundTripTests
{
    public static TheoryData<string> Cases() => [.. GoldenCase.Names];

    /// <summary>Written again and read again, a model of CatBoost's still gives CatBoost's bits.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void ToCbm_GoldenModel_ScoresTheSameBitsAfterReading(string name)
    {
        var golden = GoldenCase.Load(name);
        byte[] written = golden.Model.ToCbm();
        var again = CatBoostModel.Load(written);

        again.Inputs.ShouldBe(golden.Model.Inputs);
        again.Info.OrderBy(pair => pair.Key).ShouldBe(golden.Model.Info.OrderBy(pair => pair.Key));
        again.ToCbm().AsSpan().SequenceEqual(written).ShouldBeTrue();
        double[][] raw = golden.Table.Score(Evaluators.Create(again));
        for (int output = 0; output < raw.Length; output++) raw[output].AsSpan().SequenceEqual(golden.ExpectedRaw[output]).ShouldBeTrue();
    }
}
