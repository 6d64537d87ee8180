namespace BatchScoring.Tables;

/// <summary>What can be wrong with a cell when it is read.</summary>
public static class DefectCodes
{
    /// <summary>A number's text is neither a number nor one of the marks for a missing value.</summary>
    public const string NumberUnreadable = "NUMBER_UNREADABLE";

    /// <summary>A category is NULL (or NaN); categories are texts.</summary>
    public const string CategoryNull = "CATEGORY_NULL";

    /// <summary>A category is a number with a fraction, or infinite.</summary>
    public const string CategoryFractional = "CATEGORY_FRACTIONAL";

    /// <summary>A category is a whole number in a column of floating-point numbers: nobody knows whether its text is
    /// 1 or 1.0, and CatBoost refuses it too.</summary>
    public const string CategoryFloating = "CATEGORY_FLOATING";
}
