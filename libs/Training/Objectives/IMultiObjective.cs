namespace BatchScoring.Training.Objectives;

/// <summary>A loss with several outputs as the trainer needs it; it knows the labels of the rows.</summary>
internal interface IMultiObjective
{
    /// <summary>Raw values per row.</summary>
    int Outputs { get; }

    /// <summary>Second derivatives per row: one per output, or those of every pair of outputs.</summary>
    int SecondCount => Outputs;

    /// <summary>Whether training starts at <see cref="Average"/> by default.</summary>
    bool StartsAtAverage => false;

    /// <summary>Steps of a tree's leaves by default.</summary>
    int LeafIterations(LeafEstimationMethod method) => method == LeafEstimationMethod.Newton ? 1 : 10;

    /// <summary>The constants that fit the labels best.</summary>
    double[] Average(float[]? weights) => new double[Outputs];

    /// <summary>First derivatives of minus the loss of a row, before weights.</summary>
    void First(double[] raw, int row, double[] first);

    /// <summary>Its second derivatives.</summary>
    void Second(double[] raw, int row, double[] second);

    /// <summary>The loss of a row, before weights.</summary>
    double Loss(double[] raw, int row);

    /// <summary>The loss of some rows, weighted.</summary>
    double Loss(double[][] raw, int start, int end, float[]? weights)
    {
        double sum = 0;
        for (int row = start; row < end; row++) sum += (weights?[row] ?? 1) * Loss(raw[row], row);
        return sum;
    }

    /// <summary>What is told of the mean of the losses.</summary>
    double Total(double sum, double weight) => sum / (weight + 1e-38);

    /// <summary>The Newton step of a leaf from the sums of its rows.</summary>
    double[] Newton(double[] first, double[] second, float lambda) => [.. first.Select((sum, output) => -sum / (second[output] - lambda))];
}
