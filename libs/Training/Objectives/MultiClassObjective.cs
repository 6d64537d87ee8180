using BatchScoring.Models.CatBoost.Predictions;

namespace BatchScoring.Training.Objectives;

/// <summary>Classes whose probabilities share a sum of 1. The second derivatives are a matrix, its upper triangle row after row.</summary>
internal sealed class MultiClassObjective(float[] labels, int classes) : IMultiObjective
{
    private const float Epsilon = 1.1920929E-07f;

    public int Outputs => classes;

    public int SecondCount => classes * (classes + 1) / 2;

    public void First(double[] raw, int row, double[] first)
    {
        Formulas.Softmax(raw, 1, classes, first);
        for (int output = 0; output < classes; output++) first[output] = (labels[row] == output ? 1 : 0) - first[output];
    }

    public void Second(double[] raw, int row, double[] second)
    {
        double[] p = new double[classes];
        Formulas.Softmax(raw, 1, classes, p);
        for (int k = 0, at = 0; k < classes; k++)
        {
            second[at++] = p[k] * (p[k] - 1);
            for (int j = k + 1; j < classes; j++) second[at++] = p[k] * p[j];
        }
    }

    public double Loss(double[] raw, int row)
    {
        double[] logs = new double[classes];
        Formulas.LogSoftmax(raw, 1, classes, logs);
        return -logs[(int)labels[row]];
    }

    /// <summary>Solves the system by Cholesky's method, as CatBoost does step by step.</summary>
    public double[] Newton(double[] first, double[] second, float lambda)
    {
        double[,] matrix = new double[classes, classes];
        float largest = lambda;
        for (int k = 0, at = 0; k < classes; k++)
        {
            largest = Math.Max(largest, (float)-second[at]);
            for (int j = k; j < classes; j++) matrix[j, k] = second[at++];
        }

        float regular = Math.Max(lambda, largest * Epsilon);
        for (int k = 0; k < classes; k++)
        {
            matrix[k, k] -= regular;
            for (int j = k; j < classes; j++) matrix[j, k] = -matrix[j, k];
        }

        Factor(matrix);
        double[] step = [.. first.Select(sum => -sum)];
        for (int k = 0; k < classes; k++)
        {
            step[k] /= matrix[k, k];
            for (int j = k + 1; j < classes; j++) step[j] -= step[k] * matrix[j, k];
        }

        for (int k = classes - 1; k >= 0; k--)
        {
            for (int j = classes - 1; j > k; j--) step[k] -= matrix[j, k] * step[j];
            step[k] /= matrix[k, k];
        }

        return [.. step.Select(one => -one)];
    }

    /// <summary>Column by column: divide by the root, then take the column's square off what is left.</summary>
    private void Factor(double[,] matrix)
    {
        for (int k = 0; k < classes; k++)
        {
            double root = Math.Sqrt(matrix[k, k]), inverse = 1 / root;
            matrix[k, k] = root;
            for (int j = k + 1; j < classes; j++) matrix[j, k] *= inverse;
            for (int column = k + 1; column < classes; column++)
                for (int j = column; j < classes; j++) matrix[j, column] -= matrix[j, k] * matrix[column, k];
        }
    }
}
