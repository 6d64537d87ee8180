namespace BatchScoring.Models;

/// <summary>What the class labels were in the training table.</summary>
public enum ClassLabelType
{
    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>Fractions.</summary>
    Float,

    /// <summary>Texts.</summary>
    String,

    /// <summary>false and true.</summary>
    Boolean,
}
