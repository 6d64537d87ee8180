using System.Collections.Immutable;

namespace BatchScoring.DataGen.Columns;

/// <summary>One feature of the table: everything that its values follow from, beside the row.</summary>
internal sealed record FeatureColumn
{
    public required string Name { get; init; }

    /// <summary>Position among the features, from 0; also its random stream.</summary>
    public required int Position { get; init; }

    public required ColumnKind Kind { get; init; }

    /// <summary>As DuckDB spells it.</summary>
    public required string SqlType { get; init; }

    /// <summary>Columns of a group follow a common base, see <see cref="Likeness"/>.</summary>
    public int Group { get; init; }

    /// <summary>Correlation with the group's base; 1 makes the column a rescaled copy.</summary>
    public double Likeness { get; init; }

    /// <summary>Columns of a missing group are missing in the same rows; -1: never missing.</summary>
    public int MissingGroup { get; init; } = -1;

    public Shape Shape { get; init; }

    /// <summary>Where the values lie: a constant's value, a bell's centre, the least of a discrete column.</summary>
    public double Offset { get; init; }

    /// <summary>How far they spread; negative turns the direction.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>How many different values a discrete column has.</summary>
    public int Levels { get; init; }

    /// <summary>
    /// Skew of a discrete column: 1 even, 2 and 3 prefer small values. Share of zeros of <see cref="Shape.SparseAmount"/> in tenths.
    /// </summary>
    public int Skew { get; init; } = 1;

    /// <summary>The categories' texts, most frequent first.</summary>
    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>Cumulative share of the categories: ascending, the last is 1.</summary>
    public ImmutableArray<double> CategoryEnds { get; init; } = [];

    public bool IsCategory => Kind == ColumnKind.Category;

    /// <summary>The least and the greatest value that can occur, where the column's meaning sets limits.</summary>
    public (double Least, double Most)? Bounds => Kind switch
    {
        ColumnKind.Discrete => (Offset, Offset + (Scale * (Levels - 1))),
        ColumnKind.Continuous when Shape == Shape.Share => (0, 1),
        _ => null,
    };
}
