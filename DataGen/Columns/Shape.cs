namespace BatchScoring.DataGen.Columns;

/// <summary>How the values of a continuous column spread.</summary>
internal enum Shape
{
    /// <summary>Bell-shaped around a centre.</summary>
    Bell,

    /// <summary>Bell-shaped with far outliers on both sides.</summary>
    Heavy,

    /// <summary>A share of something: 0 to 1, four decimals.</summary>
    Share,

    /// <summary>An amount of money: positive, long tail, two decimals.</summary>
    Amount,

    /// <summary>An amount that many rows do not have: 0 for them.</summary>
    SparseAmount,
}
