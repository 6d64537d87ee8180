namespace BatchScoring.Tasks;

/// <summary>A column of an import's result.</summary>
/// <param name="Name">Its name, which is that of the source's column.</param>
/// <param name="Expression">SQL over the source's column; it may use <see cref="Tables.NumberFunctions"/>.</param>
public sealed record TypedColumn(string Name, string Expression);
