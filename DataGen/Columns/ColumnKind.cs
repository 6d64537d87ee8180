namespace BatchScoring.DataGen.Columns;

/// <summary>What kind of values a column holds.</summary>
internal enum ColumnKind
{
    /// <summary>The same number in every row.</summary>
    Constant,

    /// <summary>Whole numbers, 2 to 200 different ones.</summary>
    Discrete,

    /// <summary>Numbers with a fraction.</summary>
    Continuous,

    /// <summary>One of a list of texts, or of whole numbers that stand for something.</summary>
    Category,
}
