namespace BatchScoring.Training.Objectives;

/// <summary>
/// A loss of one output as the trainer needs it. A row's state is its raw value a, or e to it where <see cref="KeepsExponent"/>. All are
/// structs, so that the loops over rows are compiled for each.
/// </summary>
internal interface IObjective
{
    /// <summary>Whether the state is e to the raw value, multiplied up.</summary>
    bool KeepsExponent { get; }

    /// <summary>Whether training starts at <see cref="Average"/> by default.</summary>
    bool StartsAtAverage => false;

    /// <summary>How leaves are computed by default.</summary>
    LeafEstimationMethod LeafMethod => LeafEstimationMethod.Newton;

    /// <summary>First and second derivative of minus the loss, before weights.</summary>
    (double First, double Second) Derivatives(double state, float label);

    /// <summary>The loss of a row, before weights.</summary>
    double Loss(double state, float label);

    /// <summary>What is told of the mean of the losses.</summary>
    double Total(double mean) => mean;

    /// <summary>Steps of a tree's leaves by default.</summary>
    int LeafIterations(LeafEstimationMethod method) => 1;

    /// <summary>The constant that fits the labels best.</summary>
    double Average(float[] labels, float[]? weights) => 0;

    /// <summary>The best step of a leaf from what is left of its rows' labels; of losses whose leaves are exact.</summary>
    float Exact(float[] rest) => throw new NotSupportedException("The leaves of this loss are not exact.");
}
