namespace BatchScoring.Models;

/// <summary>What is told about a row, spelled as CatBoost does.</summary>
public enum PredictionType
{
    /// <summary>The model's raw values: sum of leaves, scale, bias.</summary>
    RawFormulaVal,

    /// <summary>The probability of every class.</summary>
    Probability,

    /// <summary>The logarithm of every class's probability.</summary>
    LogProbability,

    /// <summary>The most likely class; one answer per label where rows may have several.</summary>
    Class,

    /// <summary>e to the raw value, for losses that model a logarithm (Poisson, Tweedie).</summary>
    Exponent,

    /// <summary>Mean and variance, for the loss of that name.</summary>
    RMSEWithUncertainty,
}
