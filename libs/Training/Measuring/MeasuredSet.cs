using BatchScoring.Training.Ctrs;
using BatchScoring.Training.Metrics;

namespace BatchScoring.Training.Measuring;

/// <summary>Rows with the sums of their leaves, tree by tree in double precision.</summary>
internal sealed class MeasuredSet
{
    private readonly double[][] _raw;

    /// <param name="rows">Labels and weights.</param>
    /// <param name="bias">What all start from.</param>
    /// <param name="parts">In how many parts sums are made.</param>
    public MeasuredSet(Fold rows, double[] bias, int parts)
    {
        _raw = [.. bias.Select((start, output) => rows.Baseline?[output].ToArray() ?? Filled(rows.Rows, start))];
        Rows = new MetricRows(_raw, rows.Targets, rows.Weights, parts);
    }

    public MetricRows Rows { get; }

    /// <summary>Adds a tree.</summary>
    /// <param name="leaves">By row.</param>
    /// <param name="values">Leaf after leaf.</param>
    public void Add(ushort[] leaves, double[] values)
    {
        for (int output = 0; output < _raw.Length; output++)
        {
            double[] raw = _raw[output];
            for (int row = 0; row < raw.Length; row++) raw[row] += values[(leaves[row] * _raw.Length) + output];
        }
    }

    public void Shrink(double kept)
    {
        foreach (double[] raw in _raw)
            for (int row = 0; row < raw.Length; row++) raw[row] *= kept;
    }

    private static double[] Filled(int count, double value)
    {
        double[] values = new double[count];
        Array.Fill(values, value);
        return values;
    }
}
