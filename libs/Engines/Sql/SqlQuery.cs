namespace BatchScoring.Engines;

/// <summary>One query over named datasets, in the SQL that Spark SQL and DuckDB share.</summary>
public sealed record SqlQuery
{
    /// <summary>The text; tables are the names of <see cref="Datasets"/>. Names are quoted by <see cref="IEngine.Dialect"/>.</summary>
    public required string Text { get; init; }

    /// <summary>The tables.</summary>
    public required IReadOnlyList<SqlDataset> Datasets { get; init; }
}
