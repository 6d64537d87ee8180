namespace BatchScoring.DataGen.Dirt;

/// <summary>What a bad row should be set aside for: the quarantine's codes.</summary>
internal static class DirtCodes
{
    public const string MissingKey = "MISSING_KEY";
    public const string DuplicateKey = "DUPLICATE_KEY";
    public const string UnreadableNumber = "UNREADABLE_NUMBER";
    public const string InfiniteValue = "INFINITE_VALUE";
    public const string OutOfRange = "OUT_OF_RANGE";
    public const string UnknownCategory = "UNKNOWN_CATEGORY";
    public const string WrongType = "WRONG_TYPE";
}
