namespace BatchScoring.Tables;

/// <summary>Why a row is set aside. A row has one reason: the first in this order, then in the order of the model's columns.</summary>
public static class QuarantineCodes
{
    /// <summary>The key is null.</summary>
    public const string MissingKey = "MISSING_KEY";

    /// <summary>The key was seen before, in file order, then row order; the first row of it stays.</summary>
    public const string DuplicateKey = "DUPLICATE_KEY";

    /// <summary>A numeric column of text holds something that is no number.</summary>
    public const string UnreadableNumber = "UNREADABLE_NUMBER";

    /// <summary>A number is infinite, or becomes so as float32.</summary>
    public const string InfiniteValue = "INFINITE_VALUE";

    /// <summary>A number lies outside the range that the model's contract gives.</summary>
    public const string OutOfRange = "OUT_OF_RANGE";

    /// <summary>A category is not in the list that the model's contract gives.</summary>
    public const string UnknownCategory = "UNKNOWN_CATEGORY";

    /// <summary>A value is of a kind that the model cannot take: a category that is null, or that comes as a floating-point
    /// number (nobody knows whether 1 means the text 1 or 1.0; CatBoost refuses it too).</summary>
    public const string WrongType = "WRONG_TYPE";
}
