namespace BatchScoring.DuckDb;

/// <summary>Physical column types, with the numbers of DuckDB's <c>duckdb_type</c>.</summary>
/// <remarks>The comment of each names what <see cref="DuckChunk.Values{T}"/> takes as <c>T</c>; types without one are read as text by a
/// cast to VARCHAR in the SQL.</remarks>
public enum DuckType
{
    /// <summary>Not a type, or one that this version does not know.</summary>
    Invalid = 0,

    /// <summary><see cref="bool"/>, one byte each.</summary>
    Boolean = 1,

    /// <summary><see cref="sbyte"/>.</summary>
    TinyInt = 2,

    /// <summary><see cref="short"/>.</summary>
    SmallInt = 3,

    /// <summary><see cref="int"/>.</summary>
    Integer = 4,

    /// <summary><see cref="long"/>.</summary>
    BigInt = 5,

    /// <summary><see cref="byte"/>.</summary>
    UTinyInt = 6,

    /// <summary><see cref="ushort"/>.</summary>
    USmallInt = 7,

    /// <summary><see cref="uint"/>.</summary>
    UInteger = 8,

    /// <summary><see cref="ulong"/>.</summary>
    UBigInt = 9,

    /// <summary><see cref="float"/>.</summary>
    Float = 10,

    /// <summary><see cref="double"/>.</summary>
    Double = 11,

    /// <summary><see cref="long"/>: microseconds since 1970-01-01.</summary>
    Timestamp = 12,

    /// <summary><see cref="int"/>: days since 1970-01-01.</summary>
    Date = 13,

    /// <summary><see cref="long"/>: microseconds since midnight.</summary>
    Time = 14,

    /// <summary>Months, days and microseconds.</summary>
    Interval = 15,

    /// <summary><see cref="Int128"/>; what <c>sum</c> of integers yields.</summary>
    HugeInt = 16,

    /// <summary><see cref="DuckText"/>; see also <see cref="DuckChunk.Text"/>.</summary>
    Varchar = 17,

    /// <summary><see cref="DuckText"/> holding any bytes.</summary>
    Blob = 18,

    /// <summary>Scaled integer whose width depends on the precision.</summary>
    Decimal = 19,

    /// <summary><see cref="long"/>: seconds since 1970-01-01.</summary>
    TimestampSeconds = 20,

    /// <summary><see cref="long"/>: milliseconds since 1970-01-01.</summary>
    TimestampMilliseconds = 21,

    /// <summary><see cref="long"/>: nanoseconds since 1970-01-01.</summary>
    TimestampNanoseconds = 22,

    /// <summary>Number of an entry in the type's own list of texts.</summary>
    Enum = 23,

    /// <summary>Nested.</summary>
    List = 24,

    /// <summary>Nested.</summary>
    Struct = 25,

    /// <summary>Nested.</summary>
    Map = 26,

    /// <summary>128 bits, in an order of DuckDB's own.</summary>
    Uuid = 27,

    /// <summary>Nested.</summary>
    Union = 28,

    /// <summary>Bit string.</summary>
    Bit = 29,

    /// <summary>Time of day with an offset.</summary>
    TimeWithZone = 30,

    /// <summary><see cref="long"/>: microseconds since 1970-01-01 UTC.</summary>
    TimestampWithZone = 31,

    /// <summary><see cref="UInt128"/>.</summary>
    UHugeInt = 32,

    /// <summary>Nested.</summary>
    Array = 33,

    /// <summary>Only in signatures of functions.</summary>
    Any = 34,

    /// <summary>Integer of any size.</summary>
    BigNum = 35,

    /// <summary>The type of a bare NULL.</summary>
    SqlNull = 36,

    /// <summary>Only while binding.</summary>
    StringLiteral = 37,

    /// <summary>Only while binding.</summary>
    IntegerLiteral = 38,

    /// <summary><see cref="long"/>: nanoseconds since midnight.</summary>
    TimeNanoseconds = 39,
}
