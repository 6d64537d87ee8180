namespace BatchScoring.Parquet;

/// <summary>What the bits of a value mean.</summary>
public enum NumberKind
{
    /// <summary>Nothing that is read here.</summary>
    None,

    /// <summary>A truth value: 0 or 1.</summary>
    Boolean,

    /// <summary>IEEE 754, 32 bits.</summary>
    Float,

    /// <summary>IEEE 754, 64 bits.</summary>
    Double,

    /// <summary>Signed, the low 8 bits count.</summary>
    Int8,

    /// <summary>Signed, the low 16 bits count.</summary>
    Int16,

    /// <summary>Signed, 32 bits.</summary>
    Int32,

    /// <summary>Signed, 64 bits.</summary>
    Int64,

    /// <summary>Unsigned, the low 8 bits count.</summary>
    UInt8,

    /// <summary>Unsigned, the low 16 bits count.</summary>
    UInt16,

    /// <summary>Unsigned, 32 bits.</summary>
    UInt32,

    /// <summary>Unsigned, 64 bits.</summary>
    UInt64,
}
