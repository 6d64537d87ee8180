using BatchScoring.Models.CatBoost.Numerics;

namespace BatchScoring.Models.CatBoost.Predictions;

/// <summary>Raw values to predictions, column-major, in CatBoost's order of operations.</summary>
internal static class Formulas
{
    public static double Sigmoid(double raw) => 1 / (1 + Exponential.Exp(-raw));

    public static double LogSigmoid(double raw) => -Logarithm.Log(1 + Exponential.Exp(-raw));

    /// <summary>Probabilities that share a sum of 1.</summary>
    /// <param name="raw">Column-major, one column per class; minus infinity for a class that had no row.</param>
    /// <param name="rows">Rows per column.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="output">Column-major.</param>
    public static void Softmax(ReadOnlySpan<double> raw, int rows, int columns, Span<double> output)
    {
        for (int row = 0; row < rows; row++)
        {
            double largest = raw[(LargestColumn(raw, rows, row, columns) * rows) + row];
            double sum = 0.0;
            for (int j = 0; j < columns; j++) sum += output[(j * rows) + row] = Power(raw[(j * rows) + row] - largest, j, columns);
            for (int j = 0; j < columns; j++) output[(j * rows) + row] /= sum;
        }
    }

    /// <summary>The logarithms of <see cref="Softmax"/>.</summary>
    public static void LogSoftmax(ReadOnlySpan<double> raw, int rows, int columns, Span<double> output)
    {
        for (int row = 0; row < rows; row++)
        {
            double largest = raw[(LargestColumn(raw, rows, row, columns) * rows) + row];
            double sum = 0.0;
            for (int j = 0; j < columns; j++) sum += Power(raw[(j * rows) + row] - largest, j, columns);
            double log = Logarithm.Log(sum);
            for (int j = 0; j < columns; j++) output[(j * rows) + row] = raw[(j * rows) + row] - largest - log;
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

    /// <summary>
    /// CatBoost takes the powers of a row four by four, and those that are left one by one: their ends of the range differ.
    /// </summary>
    internal static double Power(double x, int column, int columns) =>
        column < (columns & ~3) ? CatBoostExp.Exp(x) : CatBoostExp.ExpOfRest(x);
}
