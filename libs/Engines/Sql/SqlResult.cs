namespace BatchScoring.Engines;

/// <summary>A small result.</summary>
/// <param name="Columns">Column names, in order.</param>
/// <param name="Rows">
/// One array per row, one cell per column: <see cref="long"/> for integers of up to 64 bits, <see cref="double"/> for floats,
/// <see cref="bool"/>, <see cref="string"/>, or null. The query casts everything else to one of these.
/// </param>
public sealed record SqlResult(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);
