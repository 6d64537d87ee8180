using BatchScoring.DuckDb;

namespace BatchScoring.SparkJobs.Import;

/// <summary>A column of the source as its files have it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Types">Its type in each file, by the file's name.</param>
internal sealed record SourceColumn(string Name, IReadOnlyList<(string File, DuckColumn Type)> Types)
{
    /// <summary>The type that holds the values of all files unchanged; null when there is none.</summary>
    public string? SqlType => AreOne ? Types[0].Type.SqlType
        : Types.All(type => type.Type.Type is >= DuckType.TinyInt and <= DuckType.UInteger) ? "BIGINT"
        : Types.All(type => type.Type.Type is DuckType.Float or DuckType.Double) ? "DOUBLE"
        : null;

    /// <summary>True when every file has the same type.</summary>
    public bool AreOne => Types.All(type => type.Type.SqlType == Types[0].Type.SqlType);

    /// <summary>Whole numbers written as decimals: what Oracle's NUMBER becomes in Spark.</summary>
    public bool IsWholeDecimal =>
        AreOne && Types[0].Type.Type == DuckType.Decimal && Types[0].Type.SqlType.EndsWith(",0)", StringComparison.Ordinal);

    public bool IsText => Types.All(type => type.Type.Type == DuckType.Varchar);

    /// <summary>Whole numbers of 64 bits or less, in every file.</summary>
    public bool IsInteger => Types.All(type => type.Type.Type is >= DuckType.TinyInt and <= DuckType.UBigInt);

    /// <summary>Numbers or true and false, in every file.</summary>
    public bool IsNumber => Types.All(type => type.Type.Type is (>= DuckType.Boolean and <= DuckType.Double)
        or DuckType.HugeInt or DuckType.UHugeInt or DuckType.Decimal);

    /// <summary>Like <c>VARCHAR in b.parquet, BIGINT in a.parquet</c>.</summary>
    public string Found => string.Join(", ", Types.GroupBy(type => type.Type.SqlType, StringComparer.Ordinal)
        .Select(group => $"{group.Key} in {group.First().File}"));
}
