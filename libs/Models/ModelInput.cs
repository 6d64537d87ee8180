namespace BatchScoring.Models;

/// <summary>One column that a model reads.</summary>
/// <param name="Name">The feature's name in the model; the decimal flat index where the model has no names.</param>
/// <param name="Position">The column's position (flat index) in the table that the model was trained on, from 0.</param>
/// <param name="Kind">Numeric or categorical.</param>
public sealed record ModelInput(string Name, int Position, ModelInputKind Kind);
