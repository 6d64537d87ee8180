using BatchScoring.Models;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Parity.Models;

/// <summary>
/// Probabilities against CatBoost's own, made with glibc on a processor with fused multiply-add: there the bits are the same.
/// </summary>
public sealed class PredictionParityTests
{
    public static TheoryData<string> ProbabilityCases() =>
        [.. GoldenCase.Names.Where(name => name.StartsWith("catboost/", StringComparison.Ordinal) && name != "catboost/regression-rmse")];

    [Theory]
    [MemberData(nameof(ProbabilityCases))]
    public void Compute_Probability_HasCatBoostsBits(string name)
    {
        var golden = GoldenCase.Load(name);
        Prediction prediction = golden.Model.PredictionOf(PredictionType.Probability);
        double[] raw = golden.ExpectedRaw.SelectMany(column => column).ToArray();
        int rows = golden.Table.Rows;
        double[] output = new double[prediction.Columns.Length * rows];
        prediction.Compute(raw, rows, output);

        for (int column = 0; column < prediction.Columns.Length; column++)
            output.AsSpan(column * rows, rows).SequenceEqual(golden.Expected[prediction.Columns[column]])
                .ShouldBeTrue(prediction.Columns[column]);
    }
}
