namespace BatchScoring.Tables.Csv;

/// <summary>Why a text cannot be read as a table.</summary>
internal enum CsvFaultKind
{
    /// <summary>A byte that UTF-8 does not have at this place; the found number is the byte.</summary>
    NotUtf8,

    /// <summary>A byte of value 0.</summary>
    Nul,

    /// <summary>Something other than a delimiter or a line end behind a closing quote; the found number is the byte.</summary>
    TextAfterQuote,

    /// <summary>A quote that opens a cell, and none that closes it.</summary>
    OpenQuote,

    /// <summary>A row with too few or too many cells; the found number is how many.</summary>
    Width,

    /// <summary>A cell beyond <see cref="CsvRow.MaxCellBytes"/>.</summary>
    LongCell,

    /// <summary>A row beyond <see cref="CsvText.MaxRowBytes"/>.</summary>
    LongRow,
}
