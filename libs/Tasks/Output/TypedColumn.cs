namespace BatchScoring.Tasks;

/// <summary>A column of a part that is made of a source file.</summary>
/// <param name="Name">Its name, which is that of the source's column.</param>
/// <param name="Expression">SQL over the source's column; it may use <see cref="Tables.NumberFunctions"/>.</param>
/// <param name="Form">What the expression does, as far as others than SQL can do it too.</param>
public sealed record TypedColumn(string Name, string Expression, ColumnForm Form = ColumnForm.Expression);
