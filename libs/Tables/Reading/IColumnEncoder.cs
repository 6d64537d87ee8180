namespace BatchScoring.Tables;

/// <summary>Turns the texts of categories into the codes that whoever asks for them works with: hashes, places in a list.</summary>
/// <remarks>Immutable and thread safe.</remarks>
public interface IColumnEncoder
{
    /// <summary>The code of one text.</summary>
    /// <param name="text">UTF-8, byte by byte as it stands; may be empty.</param>
    int Encode(ReadOnlySpan<byte> text);

    /// <summary>The codes of a column's block: one call for all its rows.</summary>
    /// <param name="texts">The texts; where one is missing it is empty, and its code does not count.</param>
    /// <param name="codes">Filled: as long as <paramref name="texts"/>.</param>
    void Encode(CategoryTexts texts, Span<int> codes);
}
