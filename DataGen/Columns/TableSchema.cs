using System.Collections.Immutable;

namespace BatchScoring.DataGen.Columns;

/// <summary>What the columns of a table are. It follows from the seed alone, whatever number of rows is asked for.</summary>
internal sealed record TableSchema
{
    public const string Key = "id";
    public const string Loss = "loss";
    public const string Default = "default";

    /// <summary>Factors that run through the whole table, as the economy runs through all loans.</summary>
    public const int Factors = 8;

    public required ulong Seed { get; init; }

    /// <summary>The features, f1 first.</summary>
    public required ImmutableArray<FeatureColumn> Features { get; init; }

    public required ImmutableArray<ColumnGroup> Groups { get; init; }

    /// <summary>Share of rows that miss the columns of each missing group.</summary>
    public required ImmutableArray<double> MissingShares { get; init; }
}
