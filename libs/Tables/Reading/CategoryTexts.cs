using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>The texts of one category column, row by row, where they lie.</summary>
/// <remarks>Ends with the reader's block.</remarks>
public readonly ref struct CategoryTexts
{
    private readonly DuckVector _cells;
    private readonly ReadOnlySpan<DuckText> _texts;

    internal CategoryTexts(DuckVector cells)
    {
        _cells = cells;
        _texts = cells.Values<DuckText>();
    }

    /// <summary>How many there are.</summary>
    public int Count => _texts.Length;

    /// <summary>A text as UTF-8; empty where there is none.</summary>
    /// <param name="row">Row within the block, from 0.</param>
    public ReadOnlySpan<byte> this[int row] => _cells.IsNull(row) ? default : _texts[row].Utf8;
}
