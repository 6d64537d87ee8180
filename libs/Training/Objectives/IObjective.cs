namespace BatchScoring.Training.Objectives;

/// <summary>
/// A loss as the trainer needs it. A row's state is its raw value, or e to it where the loss keeps that; a leaf's steps are gathered in a
/// change of that state. All static, so that the loops over rows are compiled for each loss.
/// </summary>
internal interface IObjective
{
    /// <summary>Newton steps of a tree's leaves by default.</summary>
    static abstract int LeafIterations { get; }

    /// <summary>Whether training starts at the mean of the labels by default.</summary>
    static abstract bool StartsAtMean { get; }

    /// <summary>The constant that training starts from, given the mean of the labels.</summary>
    static abstract double Bias(float mean);

    /// <summary>The state of a row whose raw value is the bias.</summary>
    static abstract double Start(double bias);

    /// <summary>What a step of the raw value does to a state.</summary>
    static abstract double Change(double step);

    /// <summary>A state, changed.</summary>
    static abstract double Changed(double state, double change);

    /// <summary>First and second derivative of minus the loss, before weights.</summary>
    static abstract (double First, double Second) Derivatives(double state, float label);

    /// <summary>The mean loss of rows whose states are changed by their leaves.</summary>
    /// <param name="states">By row.</param>
    /// <param name="changes">By leaf.</param>
    /// <param name="leaves">By row.</param>
    /// <param name="labels">By row.</param>
    /// <param name="weights">By row; null: all 1.</param>
    /// <param name="blocks">Parts in which it is summed.</param>
    static abstract double Loss(double[] states, double[] changes, int[] leaves, float[] labels, float[]? weights, int blocks);
}
