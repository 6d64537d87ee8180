using BatchScoring.Models.CatBoost.Numerics;

namespace BatchScoring.Models.CatBoost.Predictions;

/// <summary>Raw values to predictions, column-major, in CatBoost's order of operations.</summary>
internal static class Formulas
{
    public static double Sigmoid(double raw) => 1 / (1 + Exponential.Exp(-raw));

    public static double LogSigmoid(double raw) => -Logarithm.Log(1 + Exponential.Exp(-raw));

    /// <summary>Probabilities that share a sum of 1.</summary>
    /// <param name="raw">Column-major, one column per place.</param>
    /// <param name="rows">Rows per column.</param>
    /// <param name="places">Where each raw column goes in the output.</param>
    /// <param name="output">Column-major.</param>
    public static void Softmax(ReadOnlySpan<double> raw, int rows, ReadOnlySpan<int> places, Span<double> output)
    {
        double[] powers = new double[places.Length];
        for (int row = 0; row < rows; row++)
        {
            double sum = Powers(raw, rows, row, Largest(raw, rows, row, places.Length), powers);
            for (int j = 0; j < powers.Length; j++) output[(places[j] * rows) + row] = powers[j] / sum;
        }
    }

    /// <summary>The logarithms of <see cref="Softmax"/>.</summary>
    public static void LogSoftmax(ReadOnlySpan<double> raw, int rows, ReadOnlySpan<int> places, Span<double> output)
    {
        double[] powers = new double[places.Length];
        for (int row = 0; row < rows; row++)
        {
            double largest = Largest(raw, rows, row, places.Length);
            double log = Logarithm.Log(Powers(raw, rows, row, largest, powers));
            for (int j = 0; j < powers.Length; j++) output[(places[j] * rows) + row] = raw[(j * rows) + row] - largest - log;
        }
    }

    /// <summary>The column with the largest value; the first of several.</summary>
    public static int LargestColumn(ReadOnlySpan<double> raw, int rows, int row, int columns)
    {
        int best = 0;
        for (int j = 1; j < columns; j++)
            if (raw[(j * rows) + row] > raw[(best * rows) + row]) best = j;
        return best;
    }

    private static double Largest(ReadOnlySpan<double> raw, int rows, int row, int columns) =>
        raw[(LargestColumn(raw, rows, row, columns) * rows) + row];

    private static double Powers(ReadOnlySpan<double> raw, int rows, int row, double largest, double[] powers)
    {
        double sum = 0.0;
        int whole = powers.Length & ~3;
        for (int j = 0; j < powers.Length; j++)
        {
            double x = raw[(j * rows) + row] - largest;
            powers[j] = j < whole ? CatBoostExp.Exp(x) : CatBoostExp.ExpOfRest(x);
            sum += powers[j];
        }

        return sum;
    }
}
