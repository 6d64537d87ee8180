namespace BatchScoring.Models;

/// <summary>One column that a model reads.</summary>
/// <param name="Name">The feature's name in the model; the decimal <paramref name="Position"/> where the model has no name for it.</param>
/// <param name="Position">The column's position (flat index) in the table that the model was trained on, from 0.</param>
/// <param name="Kind">Numeric or categorical.</param>
public sealed record ModelInput(string Name, int Position, ModelInputKind Kind)
{
    /// <summary>False if the model has no name for it, so that <see cref="Name"/> only tells its position.</summary>
    public bool IsNamed { get; init; } = true;

    /// <summary>How the model wants this input's categories; null for a numeric input.</summary>
    public ICategoryEncoder? Encoder { get; init; }
}
