using System.Globalization;
using BatchScoring.Models;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Parity.Models;

/// <summary>
/// Every prediction type against CatBoost's own answers, to the bit: logarithms, missing classes, the ends of the number range.
/// </summary>
public sealed class AnswerParityTests
{
    public static TheoryData<string> Cases => [.. GoldenAnswers.Names.Where(name => !name.StartsWith("json-", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compute_AnyType_HasCatBoostsBits(string name)
    {
        var golden = GoldenAnswers.Load(name);
        var types = Enum.GetValues<PredictionType>().Where(type => golden.Expected.Keys.Any(column => Belongs(column, type))).ToList();
        types.ShouldNotBeEmpty();
        foreach (PredictionType type in types)
        {
            IReadOnlyDictionary<string, double[]> actual = golden.Answer(type);
            golden.Expected.Keys.Where(column => Belongs(column, type)).ShouldBe(actual.Keys, ignoreOrder: true);
            foreach ((string column, double[] values) in actual)
                for (int row = 0; row < values.Length; row++) Hold(golden, type, column, row, values[row], values.Length);
        }
    }

    private static bool Belongs(string column, PredictionType type) => column.Split('_')[0] == type.ToString();

    private static void Hold(GoldenAnswers golden, PredictionType type, string column, int row, double actual, int rows)
    {
        string expected = golden.Expected[column][row];
        string where = $"{column}, row {row}";
        if (type == PredictionType.Class)
        {
            ClassShouldBe(golden.Model.PredictionOf(type).Labels!, (int)actual, expected, where);
            return;
        }

        double value = GoldenAnswers.Parse(expected);
        // Where the exponential ends CatBoost answers the last rows (count modulo 4) with 0; ours does not depend on a row's place.
        if (type is (PredictionType.Exponent or PredictionType.RMSEWithUncertainty) && value == 0 && row >= (rows & ~3))
            value = 2.2250738585072014e-308;
        BitConverter.DoubleToInt64Bits(actual).ShouldBe(BitConverter.DoubleToInt64Bits(value), $"{where}: {actual:R}, CatBoost {expected}");
    }

    private static void ClassShouldBe(ClassLabels labels, int place, string expected, string where)
    {
        string text = labels.Texts[place];
        if (labels.Type is ClassLabelType.Float)
            double.Parse(text, CultureInfo.InvariantCulture).ShouldBe(double.Parse(expected, CultureInfo.InvariantCulture), 1e-14, where);
        else text.ShouldBe(labels.Type == ClassLabelType.Boolean ? expected.ToLowerInvariant() : expected, where);
    }
}
