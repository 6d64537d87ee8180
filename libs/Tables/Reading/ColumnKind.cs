namespace BatchScoring.Tables;

/// <summary>What a column is read as.</summary>
public enum ColumnKind
{
    /// <summary>32-bit floats; a missing value is NaN. See <see cref="NumberText"/> for what is a number's text.</summary>
    Number,

    /// <summary>32-bit codes of texts, see <see cref="IColumnEncoder"/>; a missing value is a defect.</summary>
    Category,
}
