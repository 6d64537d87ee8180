using BatchScoring.DuckDb;
using BatchScoring.Parquet;

namespace BatchScoring.Tables;

/// <summary>A column of a file.</summary>
/// <param name="Name">As the file spells it.</param>
/// <param name="Expression">What selects it in SQL.</param>
/// <param name="Type">Its type.</param>
internal sealed record TableColumn(string Name, string Expression, DuckColumn Type)
{
    private const int MostDigits = 38;

    /// <summary>The file's own word on a decimal number's digits; null where it is none, or nobody knows.</summary>
    public DecimalType? Decimal { get; init; }

    /// <summary>DuckDB calls decimal numbers of more digits DOUBLE, and reads many of them as other numbers.</summary>
    public bool HasTooManyDigits => Decimal?.Precision > MostDigits;

    /// <summary>The type as messages have it.</summary>
    public string ShownType => HasTooManyDigits ? $"{Decimal} (more than {MostDigits} digits are not read)" : Type.SqlType;
}
