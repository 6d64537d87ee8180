namespace BatchScoring.Parquet;

/// <summary>A top-level column of a file.</summary>
/// <param name="Name">As the file spells it.</param>
/// <param name="Type">Its physical type; <see cref="ParquetType.None"/> for a nested column.</param>
/// <param name="Kind">What its values mean; <see cref="NumberKind.None"/> where they are not read here.</param>
/// <param name="IsOptional">True when values may be missing.</param>
/// <param name="FirstLeaf">Its place among the file's leaf columns; of a nested one, the first of its places.</param>
public sealed record ParquetColumn(string Name, ParquetType Type, NumberKind Kind, bool IsOptional, int FirstLeaf)
{
    /// <summary>Digits, where the schema calls it a decimal number; null elsewhere.</summary>
    public DecimalType? Decimal { get; init; }

    /// <summary>
    /// The column as the 32 bits of its values: what a reader hands out as floats are then these bits, unrounded, be they an integer's.
    /// </summary>
    /// <exception cref="InvalidOperationException">Its kind is not Float, Int32 or UInt32.</exception>
    public ParquetColumn AsBits() => Kind is NumberKind.Float or NumberKind.Int32 or NumberKind.UInt32
        ? this with { Kind = NumberKind.Float }
        : throw new InvalidOperationException($"Column {Name} is {Kind}, which is not a value of 32 bits.");
}
