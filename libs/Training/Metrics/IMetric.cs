namespace BatchScoring.Training.Metrics;

/// <summary>A number that tells how well raw values fit labels.</summary>
internal interface IMetric
{
    bool IsLargerBetter { get; }

    double Of(MetricRows rows);
}

/// <summary>Rows to measure on.</summary>
/// <param name="Raw">Raw values, outputs × rows.</param>
/// <param name="Targets">Labels × rows.</param>
/// <param name="Weights">By row; null: all 1.</param>
/// <param name="Parts">In how many parts sums are made: the last digits depend on it.</param>
internal sealed record MetricRows(double[][] Raw, float[][] Targets, float[]? Weights, int Parts)
{
    /// <summary>e to the raw values, where the trainer has that instead and nothing else is measured on the rows; otherwise null.</summary>
    public double[]? Exponents { get; init; }

    public int Count => Raw[0].Length;

    /// <summary>Of all rows.</summary>
    public double Weight => Weights is null ? Count : Sum(_ => 1);

    public float WeightOf(int row) => Weights?[row] ?? 1;

    /// <summary>Whether a row is of the second of two classes.</summary>
    public bool IsPositive(int row) => Targets[0][row] > 0.5f;

    /// <summary>The raw values of a row.</summary>
    public void CopyRow(int row, Span<double> raw)
    {
        for (int output = 0; output < raw.Length; output++) raw[output] = Raw[output][row];
    }

    /// <summary>Weighted sum over rows, part after part.</summary>
    public double Sum(Func<int, double> value)
    {
        double sum = 0;
        foreach ((int start, int end) in Objectives.LossBlocks.Of(Count, Parts))
        {
            double part = 0;
            for (int row = start; row < end; row++) part += WeightOf(row) * value(row);
            sum += part;
        }

        return sum;
    }

    public double Mean(Func<int, double> value) => Sum(value) / Weight;
}
