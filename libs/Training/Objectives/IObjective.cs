namespace BatchScoring.Training.Objectives;

/// <summary>
/// A loss of one output as the trainer needs it. A row's state is its raw value a, or e to it where <see cref="KeepsExponent"/>. All are
/// structs, so that the loops over rows are compiled for each.
/// </summary>
internal interface IObjective
{
    /// <summary>Whether the state is e to the raw value, multiplied up.</summary>
    bool KeepsExponent { get; }

    /// <summary>Whether training starts at the mean (or quantile) of the labels by default.</summary>
    bool StartsAtAverage { get; }

    /// <summary>How leaves are computed by default.</summary>
    LeafEstimationMethod LeafMethod { get; }

    /// <summary>Steps of a tree's leaves by default.</summary>
    int LeafIterations(LeafEstimationMethod method);

    /// <summary>The constant that fits the labels best.</summary>
    double Average(float[] labels, float[]? weights);

    /// <summary>First and second derivative of minus the loss, before weights.</summary>
    (double First, double Second) Derivatives(double state, float label);

    /// <summary>The loss of a row, before weights.</summary>
    double Loss(double state, float label);

    /// <summary>What is told of the mean of the losses.</summary>
    double Total(double mean);

    /// <summary>The step of a leaf from what is left of its rows' labels; only of losses whose leaves are exact.</summary>
    float Exact(float[] rest);
}
