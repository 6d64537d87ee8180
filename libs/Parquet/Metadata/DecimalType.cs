namespace BatchScoring.Parquet;

/// <summary>What the schema says of a column of decimal numbers.</summary>
/// <param name="Precision">Digits in all.</param>
/// <param name="Scale">Digits behind the point; null where the writer left it out, which means 0.</param>
public readonly record struct DecimalType(int Precision, int? Scale)
{
    /// <summary>As SQL spells it.</summary>
    public override string ToString() => FormattableString.Invariant($"DECIMAL({Precision},{Scale ?? 0})");
}
