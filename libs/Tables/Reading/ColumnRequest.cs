namespace BatchScoring.Tables;

/// <summary>A column that somebody wants to read.</summary>
/// <param name="Name">Its name in the file, letter by letter.</param>
/// <param name="Kind">What it is wanted as.</param>
/// <param name="Encoder">Gives a category its codes; needed for <see cref="ColumnKind.Category"/> only.</param>
public sealed record ColumnRequest(string Name, ColumnKind Kind, IColumnEncoder? Encoder = null)
{
    internal IColumnEncoder RequiredEncoder =>
        Encoder ?? throw new InvalidOperationException(
            $"The column '{Name}' is asked for as a category, and nothing says what its codes are.");
}
