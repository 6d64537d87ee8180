using BatchScoring.Training.Random;
using BatchScoring.Training.Trees;

namespace BatchScoring.Training;

/// <summary>The raw values of all rows while a model grows, and what a loss says of them.</summary>
internal interface IRawValues
{
    /// <summary>Raw values per row.</summary>
    int Outputs { get; }

    /// <summary>Whether training started at the mean of the labels.</summary>
    bool StartsAtAverage { get; }

    /// <summary>What training started from, one per output; shrunk with the rest.</summary>
    double[] Bias { get; }

    /// <summary>e to the raw value of every row, where that is what is kept; otherwise null.</summary>
    double[]? Exponents => null;

    /// <summary>First derivatives of minus the loss, weighted.</summary>
    /// <param name="derivatives">Outputs × rows, filled.</param>
    void Derivatives(double[][] derivatives);

    /// <summary>The values of a tree's leaves before the learning rate, leaf after leaf.</summary>
    double[] Leaves(GrownTree tree, CatBoostRandom random);

    /// <summary>Adds a tree.</summary>
    /// <param name="tree">Leaves of rows.</param>
    /// <param name="values">Leaf after leaf.</param>
    void Move(GrownTree tree, double[] values);

    /// <summary>Adds what the rows of a fold that no leaf value comes from make of a tree, coarsely, as CatBoost does.</summary>
    void Advance(GrownTree tree, float rate);

    /// <summary>Multiplies all raw values.</summary>
    void Shrink(double kept);
}
