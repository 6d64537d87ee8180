namespace BatchScoring.Tables.Csv;

/// <summary>A cell that may hold a number, the careful way: quoted ones, long ones, exponents, missing marks.</summary>
internal static unsafe class CsvNumberCell
{
    /// <param name="cell">The cell, followed by <see cref="CellNumber.Readable"/> bytes.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="quotes">Whether it may be quoted.</param>
    /// <param name="row">Its row within the block.</param>
    /// <param name="wanted">Its column's place among the wanted ones.</param>
    /// <param name="bad">Receives the cell if it is no number.</param>
    /// <returns>The number; NaN where it is missing, or none.</returns>
    public static double Read(byte* cell, int length, bool quotes, int row, int wanted, List<CsvBadCell> bad)
    {
        if (length == 0) return double.NaN;
        double value;
        if (quotes && *cell == '"')
        {
            length = CsvCell.Unquote(cell, length);
            cell++;
            if (CellNumber.TryParseShort(cell, length, out value)) return value;
        }

        var text = new ReadOnlySpan<byte>(cell, length);
        if (CellNumber.TryParseLong(cell, length, out value) || NumberText.TryParse(text, out value)) return value;
        bad.Add(new CsvBadCell(row, wanted, CsvCell.Shown(text)));
        return double.NaN;
    }
}
