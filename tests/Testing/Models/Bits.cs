using BatchScoring.Models;

namespace BatchScoring.Tests.Testing.Models;

/// <summary>Holds scores equal to the last bit.</summary>
public static class Bits
{
    public static void ShouldBe(double[][] expected, double[][] actual, string context)
    {
        actual.Length.ShouldBe(expected.Length, context);
        for (int output = 0; output < expected.Length; output++)
        {
            actual[output].Length.ShouldBe(expected[output].Length, context);
            for (int row = 0; row < expected[output].Length; row++)
            {
                if (BitConverter.DoubleToInt64Bits(actual[output][row]) == BitConverter.DoubleToInt64Bits(expected[output][row])) continue;
                actual[output][row].ShouldBe(expected[output][row], $"{context}, output {output}, row {row}: the bits differ");
                throw new ShouldAssertException(
                    $"{context}, output {output}, row {row}: {actual[output][row]:R} has other bits than expected");
            }
        }
    }

    /// <summary>Scores a table one row at a time.</summary>
    public static double[][] ScoreRows(ModelTable table, RowScorer scorer)
    {
        double[][] outputs = [.. Enumerable.Range(0, scorer.OutputCount).Select(_ => new double[table.Rows])];
        float[] numeric = new float[scorer.NumericCount];
        int[] hashes = new int[scorer.CategoricalCount];
        double[] raw = new double[scorer.OutputCount];
        for (int row = 0; row < table.Rows; row++)
        {
            int numbers = 0, categories = 0;
            for (int column = 0; column < table.Inputs.Count; column++)
            {
                if (table.Inputs[column].Kind == ModelInputKind.Numeric) numeric[numbers++] = table.Numeric(column)[row];
                else hashes[categories++] = table.Categorical(column)[row];
            }

            scorer.Score(numeric, hashes, raw);
            for (int output = 0; output < raw.Length; output++) outputs[output][row] = raw[output];
        }

        return outputs;
    }
}
