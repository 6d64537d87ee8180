namespace BatchScoring.Models;

/// <summary>How a CTR makes a number out of a category's training rows. The numbers are CatBoost's.</summary>
public enum CtrType
{
    /// <summary>Share of rows whose target is above a border.</summary>
    Borders = 0,

    /// <summary>Share of rows whose target lies in one class.</summary>
    Buckets = 1,

    /// <summary>Mean of the target's class number, scaled to 0…1.</summary>
    BinarizedTargetMeanValue = 2,

    /// <summary>Mean of the target (GPU training only).</summary>
    FloatTargetMeanValue = 3,

    /// <summary>Rows with this value, relative to the most frequent value.</summary>
    Counter = 4,

    /// <summary>Rows with this value, relative to all rows (GPU training only).</summary>
    FeatureFreq = 5,
}
