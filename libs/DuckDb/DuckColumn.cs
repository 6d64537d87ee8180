namespace BatchScoring.DuckDb;

/// <summary>One column of a result.</summary>
/// <param name="Name">As the SQL names it.</param>
/// <param name="Type">Which buffer a chunk holds for it.</param>
/// <param name="SqlType">The type as SQL spells it, for example <c>DECIMAL(10,2)</c>; nested types without their members.</param>
public sealed record DuckColumn(string Name, DuckType Type, string SqlType);
