using BatchScoring.Models;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Parity.Models;

/// <summary>Raw formula values must have CatBoost's bits, on every evaluator that this processor can run.</summary>
public sealed class CatBoostParityTests
{
    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (string name in GoldenCase.Names)
            foreach (string evaluator in Evaluators.Available) data.Add(name, evaluator);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Score_GoldenCase_HasCatBoostsBits(string name, string evaluator)
    {
        var golden = GoldenCase.Load(name);
        double[][] actual = golden.Table.Score(Evaluators.Create(golden.Model, evaluator));
        BitsShouldBe(golden.ExpectedRaw, actual);
    }

    public static TheoryData<string> TrainingCases() => [.. GoldenCase.TrainingNames];

    [Theory]
    [MemberData(nameof(TrainingCases))]
    public void Score_CreditCardTable_HasCatBoostsBits(string name)
    {
        var golden = GoldenCase.LoadTraining(name);
        BitsShouldBe([golden.Expected["RawFormulaVal"]], golden.Table.Score(Evaluators.Create(golden.Model)));
    }

    private static void BitsShouldBe(double[][] expected, double[][] actual)
    {
        actual.Length.ShouldBe(expected.Length);
        for (int output = 0; output < expected.Length; output++)
        {
            actual[output].Length.ShouldBe(expected[output].Length);
            for (int row = 0; row < expected[output].Length; row++)
                BitConverter.DoubleToInt64Bits(actual[output][row]).ShouldBe(
                    BitConverter.DoubleToInt64Bits(expected[output][row]), $"output {output}, row {row}");
        }
    }
}
