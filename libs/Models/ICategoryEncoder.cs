namespace BatchScoring.Models;

/// <summary>
/// Says how a model wants the categories of an input: every model kind has a number of its own for a text (CatBoost a hash, others the
/// place in a list that they were trained with).
/// </summary>
/// <remarks>Pure and thread safe; allocates nothing, because it is called for every cell.</remarks>
public interface ICategoryEncoder
{
    /// <summary>The number that stands for a category in <see cref="InputBlock"/>.</summary>
    /// <param name="utf8">The category's text, byte by byte as it is in the data; may be empty. An unknown category has a number,
    /// too.</param>
    int Encode(ReadOnlySpan<byte> utf8);
}
