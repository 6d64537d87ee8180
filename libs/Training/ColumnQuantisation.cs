namespace BatchScoring.Training;

/// <summary>How a numeric column is cut into bins.</summary>
public sealed record ColumnQuantisation
{
    /// <summary>Borders at most, 1 to 65,535.</summary>
    public int BorderCount { get; init; } = 254;

    /// <summary>How they are chosen.</summary>
    public BorderType BorderType { get; init; } = BorderType.GreedyLogSum;

    /// <summary>What missing values count as.</summary>
    public NanMode NanMode { get; init; } = NanMode.Min;
}

/// <summary>How borders are chosen; the names are CatBoost's.</summary>
public enum BorderType
{
    /// <summary>Bins of even sizes, halved one after another.</summary>
    GreedyLogSum,

    /// <summary>Bins of the least entropy, halved one after another.</summary>
    GreedyMinEntropy,

    /// <summary>Bins of even sizes, the best of all.</summary>
    MaxLogSum,

    /// <summary>Bins of the least entropy, the best of all.</summary>
    MinEntropy,

    /// <summary>Equal shares of the rows.</summary>
    Median,

    /// <summary>Equal shares of the range.</summary>
    Uniform,

    /// <summary>Half of each.</summary>
    UniformAndQuantiles,
}

/// <summary>What missing values count as.</summary>
public enum NanMode
{
    /// <summary>Smaller than all others.</summary>
    Min,

    /// <summary>Larger than all others.</summary>
    Max,
}
