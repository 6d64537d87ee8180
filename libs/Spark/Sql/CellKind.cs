namespace BatchScoring.Spark;

/// <summary>What a cell's text is read as.</summary>
internal enum CellKind
{
    /// <summary>Anything that needs no type of its own here.</summary>
    Text,
    Boolean,
    Byte,
    Short,
    Integer,
    Long,
    Float,
    Double,
    Decimal,
    Date,
    Binary,

    /// <summary>As JSON.</summary>
    Nested,
}
