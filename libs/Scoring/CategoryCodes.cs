using BatchScoring.Models;
using BatchScoring.Tables;

namespace BatchScoring.Scoring;

/// <summary>A reader's categories in the numbers that a model wants: what the model says, a column's block at a time.</summary>
/// <param name="encoder">The model's own (<see cref="ModelInput.Encoder"/>).</param>
public sealed class CategoryCodes(ICategoryEncoder encoder) : IColumnEncoder
{
    /// <inheritdoc/>
    public int Encode(ReadOnlySpan<byte> text) => encoder.Encode(text);

    /// <inheritdoc/>
    public void Encode(CategoryTexts texts, Span<int> codes)
    {
        for (int row = 0; row < codes.Length; row++) codes[row] = encoder.Encode(texts[row]);
    }
}
