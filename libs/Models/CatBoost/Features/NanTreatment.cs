namespace BatchScoring.Models;

/// <summary>What a missing value counts as, when the feature had missing values in training.</summary>
public enum NanTreatment
{
    /// <summary>Not a number: smaller than all borders.</summary>
    AsIs = 0,

    /// <summary>Minus infinity: smaller than all borders.</summary>
    AsFalse = 1,

    /// <summary>Plus infinity: larger than all borders.</summary>
    AsTrue = 2,
}
