namespace BatchScoring.Spark;

/// <summary>A column of a <see cref="DataFrame"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Spark's name of its type, such as <c>long</c>, <c>double</c>, <c>string</c>, <c>decimal(10,2)</c>; <c>struct</c>,
/// <c>array</c> and <c>map</c> without what they hold.</param>
/// <param name="Nullable">True when it may hold null.</param>
public sealed record SparkColumn(string Name, string Type, bool Nullable);
